package dev.freshet.trials.stage;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API servers' own account of the requests of {@link User#TEST}: one line for each when it has
 * ended, with the moment at which it came.
 */
public final class AuditLog {
  private static final Pattern CALLER = Pattern.compile("\\(caller=([^)]*)\\)");

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
      // Empty rather than missing: to a file that is there every server appends, so that several
      // can write to one.
      Files.write(log, new byte[0]);
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
    List<Span> spans =
        read("(caller=" + caller + ")").stream()
            .filter(request -> verb.test(request.verb()))
            .map(Request::span)
            .toList();
    return new Seen(spans.size(), Span.mostAtOnce(spans));
  }

  /**
   * One request that has ended.
   *
   * @param caller the name that it went out under
   * @param uri path and query
   * @param code the answer's status; 0 if there was none
   * @param span from its arrival, before any queue, to its end
   */
  public record Request(String caller, String verb, String uri, int code, Span span) {}

  /** All requests that went out under any caller's name, as they ended. */
  public List<Request> requests() {
    return read("(caller=");
  }

  private List<Request> read(String having) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(having)).map(AuditLog::request).toList();
    } catch (IOException e) {
      throw new TestkitException("Cannot read the audit log " + log + ".", e);
    }
  }

  private static Request request(String line) {
    JsonNode entry = JsonMapper.shared().readTree(line);
    Matcher caller = CALLER.matcher(entry.path("userAgent").asString());
    return new Request(
        caller.find() ? caller.group(1) : "",
        entry.get("verb").asString(),
        entry.get("requestURI").asString(),
        entry.at("/responseStatus/code").asInt(0),
        new Span(time(entry, "requestReceivedTimestamp"), time(entry, "stageTimestamp")));
  }

  private static Instant time(JsonNode entry, String field) {
    return Instant.parse(entry.get(field).asString());
  }
}
