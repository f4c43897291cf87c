package dev.freshet.fabric8.defects;

import static dev.freshet.Consistency.cached;
import static dev.freshet.fabric8.defects.Pods.ANSWERS;

import dev.freshet.CacheDeclaration;
import dev.freshet.CacheHealth;
import dev.freshet.Reads;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.FaultServer;
import dev.freshet.testkit.fault.Request;
import dev.freshet.testkit.fault.Statuses;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Freshet with a cache of Pods, connected to a server whose answers a test writes. */
final class ScriptedPods implements AutoCloseable {
  private final FaultServer server = FaultServer.start();
  private final AtomicLong head = new AtomicLong(1);
  private final Freshet freshet;

  private ScriptedPods(boolean streams, UnaryOperator<CacheDeclaration> narrowed) {
    server.always(ScriptedPods::isProbe, probe -> probe.answer(200, ANSWERS.list(head.get())));
    // With this Freshet asks a connection that was quiet for long whether it works.
    server.always(request -> request.path().equals("/version"), alive -> alive.answer(200, "{}"));
    if (streams) {
      server.always(ScriptedPods::isWholeList, list -> list.fail(Statuses.timeout()));
    } else {
      server.refuseStreamedLists();
    }
    CacheDeclaration pods =
        narrowed.apply(CacheDeclaration.of(Pods.TYPE).auditEvery(Duration.ZERO));
    freshet = Freshet.connect(options -> options.config(server.config()).cache(pods));
  }

  /** A server that streams lists, and is too slow for whole ones. */
  static ScriptedPods streaming() {
    return new ScriptedPods(true, pods -> pods);
  }

  /** A server that knows whole lists only. */
  static ScriptedPods listing() {
    return listing(pods -> pods);
  }

  static ScriptedPods listing(UnaryOperator<CacheDeclaration> narrowed) {
    return new ScriptedPods(false, narrowed);
  }

  /** Freshet asks for nobody to learn how far the server is. */
  private static boolean isProbe(Request request) {
    return !request.isWatch()
        && request.query().getOrDefault("fieldSelector", "").contains("probe");
  }

  private static boolean isWholeList(Request request) {
    return request.method().equals("GET")
        && request.path().equals("/api/v1/pods")
        && request.query().isEmpty();
  }

  FaultServer server() {
    return server;
  }

  Freshet freshet() {
    return freshet;
  }

  Reads<Pod> reads() {
    return freshet.reads(Pod.class);
  }

  /** How far the server says it is, from now on. */
  void head(long version) {
    head.set(version);
  }

  /** Answers the next list, and waits until the cache has it. */
  void list(long version, Pod... pods) {
    head(version);
    server.answerList(ANSWERS.list(version, pods));
    awaitFrontier(version);
  }

  /** Answers the first list and accepts the watch that follows it. */
  Exchange listAndWatch(long version, Pod... pods) {
    list(version, pods);
    return server.acceptWatch();
  }

  /** Answers the next streamed list; the same exchange goes on as the watch. */
  Exchange stream(long version, Pod... pods) {
    head(version);
    Exchange stream = server.acceptStreamedList();
    for (Pod pod : pods) {
      stream.push(ANSWERS.added(pod));
    }
    stream.push(ANSWERS.initialEventsEnd(version));
    awaitFrontier(version);
    return stream;
  }

  CacheHealth health() {
    return freshet.health().getFirst();
  }

  /** The version up to which the cache holds everything; 0 if it holds nothing. */
  long frontier() {
    return health().frontier().map(version -> Long.parseLong(version.text())).orElse(0L);
  }

  void awaitFrontier(long version) {
    Pods.await("the cache at " + version, () -> frontier() == version);
  }

  List<String> names() {
    return reads().list(cached()).rows().stream().map(row -> row.name()).toList();
  }

  @Nullable Pod held(String name) {
    return reads().get(Pods.NAMESPACE, name, cached()).object().orElse(null);
  }

  @Override
  public void close() {
    freshet.close();
    server.close();
  }
}
