package dev.freshet.cli.doctor;

import dev.freshet.Consistency;
import dev.freshet.Fence;
import dev.freshet.Plan;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at everything, one thing after the other. For one thread. */
public final class Doctor {

  /** No object can have it: names may not end in a dot. */
  private static final String NOBODY = "freshet-doctor.";

  private static final int PROBES = 5;
  private static final Duration SLOW = Duration.ofMillis(500);
  private static final double NANOS_PER_MILLI = 1e6;

  private final Freshet freshet;
  private final ResourceType type;
  private final Optional<String> namespace;
  private final Reads<?> reads;
  private final Rights rights;

  /**
   * @param freshet with a cache of the kind, which need not be synced
   * @param type the kind to try with
   * @param namespace the one to try in; empty for all
   * @param reads of the kind, there
   */
  public Doctor(Freshet freshet, ResourceType type, Optional<String> namespace, Reads<?> reads) {
    this.freshet = freshet;
    this.type = type;
    this.namespace = namespace;
    this.reads = reads;
    this.rights = new Rights(freshet, type, namespace);
  }

  /** Everything that needs no cache. */
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(guarded("server version", this::version));
    findings.add(guarded("connection", this::connection));
    findings.add(guarded("clock", () -> new Clocks(freshet).compare()));
    findings.addAll(rights.examine());
    findings.add(guarded("consistent lists", this::consistentLists));
    findings.add(guarded("streamed lists", this::streamedLists));
    return findings;
  }

  /**
   * What each level would cost, once the cache is synced.
   *
   * @param within how long to wait for that
   */
  public List<Finding> costs(Duration within) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        guarded(
            "cache of " + type,
            () -> {
              freshet.awaitSynced(within);
              var health = freshet.health().getFirst();
              return Finding.ok(
                  "cache of " + type,
                  "%,d objects, %,d bytes".formatted(health.objects(), health.bytes()));
            }));
    if (findings.getFirst().verdict() == Finding.Verdict.OK) {
      findings.add(Finding.ok("level cached", "no request"));
      findings.add(guarded("level strong", this::strong));
      freshet.load().advice().stream()
          .map(advice -> Finding.warn("advice", advice.found(), advice.remedy()))
          .forEach(findings::add);
    }
    return findings;
  }

  private static Finding guarded(String check, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (FreshetException e) {
      return Finding.fail(check, e.problem(), e.remedy());
    } catch (KubernetesClientException e) {
      return Finding.warn(
          check,
          "could not be looked at: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "Look at the connection and the rights of this user first.");
    }
  }

  private Finding version() {
    return Finding.ok("server version", freshet.serverVersion());
  }

  /** The first question opens the connection, so it is not counted. */
  private Finding connection() {
    freshet.serverVersion();
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < PROBES; i++) {
      long start = System.nanoTime();
      freshet.serverVersion();
      took.add(System.nanoTime() - start);
    }
    Duration median = Duration.ofNanos(took.stream().sorted().toList().get(PROBES / 2));
    String found = "a small question takes " + millis(median);
    return median.compareTo(SLOW) < 0
        ? Finding.ok("connection", found)
        : Finding.warn(
            "connection",
            found,
            "The server is far away or busy: prefer reads of the cache, and allow fences more time.");
  }

  private Query nobody() {
    Query name = Query.field("metadata.name", NOBODY);
    // Without a namespace the server would look through all objects.
    return type.namespaced() && namespace.isEmpty()
        ? name.and(Query.field("metadata.namespace", NOBODY))
        : name;
  }

  private Finding consistentLists() {
    long start = System.nanoTime();
    var head = reads.fence(Fence.DIRECT).list(nobody(), Consistency.strong()).provenance().asOf();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    String found = "a probe takes %s and says %s".formatted(millis(took), head);
    return head.isComparable()
        ? Finding.ok("consistent lists", found)
        : Finding.warn(
            "consistent lists",
            "the versions of " + type + " have no order",
            "Strong reads of this kind are lists from the server; no fence and no token works.");
  }

  private Finding streamedLists() {
    String in = type.namespaced() ? namespace.map(only -> "/namespaces/" + only).orElse("") : "";
    String path =
        (type.group().isEmpty() ? "/api/" : "/apis/" + type.group() + "/")
            + type.version()
            + in
            + "/"
            + type.plural()
            + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true"
            + "&resourceVersionMatch=NotOlderThan&timeoutSeconds=1"
            + "&fieldSelector=metadata.name%3D"
            + NOBODY;
    String answer = String.valueOf(freshet.client().raw(path));
    return answer.contains("k8s.io/initial-events-end")
        ? Finding.ok("streamed lists", "the server streams lists, and sends bookmarks")
        : Finding.warn(
            "streamed lists",
            "the server does not stream lists of " + type,
            "A cache is filled by a whole list, which costs the server more memory.");
  }

  private Finding strong() {
    Plan plan = reads.explain(Query.everything(), Consistency.strong());
    Plan.Candidate best = plan.candidates().getFirst();
    String found =
        "by %s: %d %s, about %s, %,d bytes"
            .formatted(
                plan.route(),
                best.requests(),
                best.requests() == 1 ? "request" : "requests",
                best.latency().map(Doctor::millis).orElse("an unknown time"),
                best.bytes().orElse(0));
    return rights.mayTouch() || plan.candidates().size() < 2
        ? Finding.ok("level strong", found)
        : Finding.ok("level strong", found + "; a touch is not allowed");
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / NANOS_PER_MILLI);
  }
}
