package dev.freshet.trials.stage;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API server's own account of the requests of {@link User#TEST}. */
public final class AuditLog {
  private final Path policy;
  private final Path log;

  private AuditLog(Path policy, Path log) {
    this.policy = policy;
    this.log = log;
  }

  /** One that will be written to this directory. */
  public static AuditLog in(Path directory) {
    try {
      Files.createDirectories(directory);
      Path policy =
          Files.writeString(
              directory.resolve("audit-policy.yaml"),
              """
              apiVersion: audit.k8s.io/v1
              kind: Policy
              omitStages: [RequestReceived, ResponseStarted]
              rules:
              - level: Metadata
                users: [%s]
              - level: None
              """
                  .formatted(User.TEST.name()));
      Path log = directory.resolve("audit.jsonl");
      Files.deleteIfExists(log);
      return new AuditLog(policy.toAbsolutePath(), log.toAbsolutePath());
    } catch (IOException e) {
      throw new TestkitException("Cannot write to " + directory + ".", e);
    }
  }

  /** What makes an API server write it. Blocking, so that an answered request is in it. */
  public String[] serverFlags() {
    return new String[] {
      "--audit-policy-file=" + policy,
      "--audit-log-path=" + log,
      "--audit-log-mode=blocking",
      "--audit-log-maxsize=1000"
    };
  }

  /**
   * Requests of one caller.
   *
   * @param count how many
   * @param mostAtOnce how many the server worked at, at the same time
   */
  public record Seen(long count, int mostAtOnce) {}

  /** The requests of one verb that went out under a caller's name. */
  public Seen of(String caller, String verb) {
    return seen(caller, verb::equals);
  }

  /** All requests that went out under a caller's name. */
  public Seen of(String caller) {
    return seen(caller, any -> true);
  }

  private Seen seen(String caller, Predicate<String> verb) {
    List<Edge> edges = new ArrayList<>();
    JsonMapper json = JsonMapper.shared();
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .filter(line -> line.contains("(caller=" + caller + ")"))
          .map(json::readTree)
          .filter(entry -> verb.test(entry.get("verb").asString()))
          .forEach(
              entry -> {
                edges.add(new Edge(time(entry, "requestReceivedTimestamp"), 1));
                edges.add(new Edge(time(entry, "stageTimestamp"), -1));
              });
    } catch (IOException e) {
      throw new TestkitException("Cannot read the audit log " + log + ".", e);
    }
    // An end before a beginning at the same moment: times are in microseconds.
    edges.sort((a, b) -> a.at.equals(b.at) ? a.step - b.step : a.at.compareTo(b.at));
    int now = 0;
    int most = 0;
    for (Edge edge : edges) {
      now += edge.step;
      most = Math.max(most, now);
    }
    return new Seen(edges.size() / 2, most);
  }

  /** A request begins or ends. */
  private record Edge(Instant at, int step) {}

  private static Instant time(JsonNode entry, String field) {
    return Instant.parse(entry.get(field).asString());
  }
}
