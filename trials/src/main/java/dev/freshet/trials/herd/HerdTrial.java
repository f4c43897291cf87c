package dev.freshet.trials.herd;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.FaultProxy;
import dev.freshet.testkit.workload.PodKey;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import dev.freshet.trials.stage.AuditLog;
import dev.freshet.trials.stage.Stage;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two API servers over one etcd behind a balancer, all Pods, and herds of clients in this process
 * that follow them and meet every {@link HerdEvent}. For one thread.
 */
final class HerdTrial implements AutoCloseable {
  /** Where a herd is at first. */
  private static final int FIRST = 0;

  /** Who takes over, and is restarted later. */
  private static final int SECOND = 1;

  /**
   * How many clients sync at the same time before anything happens: a herd has grown over days, and
   * its members know what a list takes on a server that has little else to do.
   */
  private static final int JOIN_AT_ONCE = 2;

  private static final int REPORT_EVERY = 10;
  private static final Duration READY_WITHIN = Duration.ofMinutes(4);
  private static final Duration SYNCED_WITHIN = Duration.ofMinutes(3);

  private final AuditLog audit;
  private final ControlPlane plane;
  private final FaultProxy balancer;
  private final KubernetesClient writer;
  private final PodKey marked;
  private final Duration after;
  private final Progress progress;

  /**
   * Sets it up, in some ten seconds and ten more for each thousand Pods.
   *
   * @param after how long a herd is looked at after all of it is synced again
   */
  HerdTrial(Path directory, int pods, Duration after, Progress progress) {
    this.audit = AuditLog.in(directory);
    this.after = after;
    this.progress = progress;
    plane =
        ControlPlane.start(
            ControlPlaneOptions.standard()
                .servers(2)
                .readyWithin(READY_WITHIN)
                .serverFlags(audit.serverFlags())
                .serverFlags(Stage.IN_GOOD_ORDER));
    try {
      marked =
          new Workload(WorkloadSpec.of(pods))
              .create(plane.config(User.TEST), progress)
              .keys()
              .getFirst();
      balancer = FaultProxy.inFrontOf(plane.server(FIRST).uri());
      // fabric8 asks again where the server is not quite ready.
      var insistent =
          new ConfigBuilder(plane.config(User.ADMIN, SECOND))
              .withRequestRetryBackoffLimit(Config.DEFAULT_REQUEST_RETRY_BACKOFFLIMIT)
              .build();
      writer = new KubernetesClientBuilder().withConfig(insistent).build();
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /** What is known when a herd has met an event, before the log is read. */
  private record Met(
      HerdEvent event, Instant from, Instant ready, Instant to, Muster.Seen seen, long bytes) {}

  /** Lets so many clients sync, and meet one event after the other. */
  List<HerdOutcome> run(HerdKind kind, int clients) throws InterruptedException {
    startAnew();
    balancer.forwardTo(plane.server(FIRST).uri());
    List<HerdMember> herd = new ArrayList<>();
    List<Met> met = new ArrayList<>();
    try {
      gather(kind, clients, herd);
      for (HerdEvent event : HerdEvent.values()) {
        met.add(meet(event, herd));
      }
    } finally {
      herd.forEach(HerdMember::close);
    }
    // The end of a request is in the log for certain once the server has ended.
    plane.server(SECOND).stop();
    List<AuditLog.Request> requests =
        audit.requests().stream().filter(request -> kind.isCaller(request.caller())).toList();
    return met.stream().map(one -> outcome(kind, one, requests)).toList();
  }

  /**
   * Every herd meets servers of the same age. The second comes up before the first, so that it
   * knows all history that a herd can have seen at the first.
   */
  private void startAnew() {
    plane.server(FIRST).stop();
    plane.server(SECOND).stop();
    plane.server(SECOND).start();
    plane.server(FIRST).start();
  }

  private void gather(HerdKind kind, int clients, List<HerdMember> herd)
      throws InterruptedException {
    Config config = balancer.through(plane.config(User.TEST));
    Instant start = Instant.now();
    try (ExecutorService joining = Executors.newFixedThreadPool(JOIN_AT_ONCE)) {
      List<Future<HerdMember>> members = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        String caller = kind.caller(i);
        members.add(joining.submit(() -> kind.connect(config, caller)));
      }
      for (Future<HerdMember> member : members) {
        herd.add(taken(member));
        report(kind, herd.size(), clients, Duration.between(start, Instant.now()));
      }
    }
  }

  private void report(HerdKind kind, int done, int clients, Duration elapsed) {
    if (done % REPORT_EVERY == 0 || done == clients) {
      progress.report(new Progress.Step("syncing " + kind, done, clients, false, elapsed));
    }
  }

  private Met meet(HerdEvent event, List<HerdMember> herd) throws InterruptedException {
    // Everybody has seen something lately, and the way to write is a trodden one.
    var before = new Muster(herd);
    before.awaitAll(marked, mark(), SYNCED_WITHIN, Duration.ZERO);
    var muster = new Muster(herd);
    long bytes = balancer.counters().bytesToClient();
    Instant from = Instant.now();
    try (ExecutorService striking = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> struck = striking.submit(() -> strike(event));
      muster.lookWhile(struck);
      taken(struck);
    }
    Instant ready = Instant.now();
    muster.awaitAll(marked, mark(), SYNCED_WITHIN, after);
    return new Met(
        event,
        from,
        ready,
        Instant.now(),
        muster.seen(),
        balancer.counters().bytesToClient() - bytes);
  }

  private void strike(HerdEvent event) {
    switch (event) {
      case TAKEN_OVER -> {
        balancer.forwardTo(plane.server(SECOND).uri());
        plane.server(FIRST).kill();
      }
      case RESTARTED -> {
        plane.server(SECOND).stop();
        plane.server(SECOND).start();
      }
    }
  }

  /** Changes one Pod, past the balancer; its version after that. */
  private String mark() {
    return writer
        .pods()
        .inNamespace(marked.namespace())
        .withName(marked.name())
        .edit(
            pod -> {
              pod.getMetadata().getAnnotations().put(Workload.TAG, Instant.now().toString());
              return pod;
            })
        .getMetadata()
        .getResourceVersion();
  }

  private static HerdOutcome outcome(HerdKind kind, Met met, List<AuditLog.Request> requests) {
    List<AuditLog.Request> then =
        requests.stream()
            .filter(request -> !request.span().from().isBefore(met.from()))
            .filter(request -> request.span().from().isBefore(met.to()))
            .toList();
    return HerdOutcome.of(
        kind, met.event(), then, met.seen(), met.from(), met.ready(), met.bytes());
  }

  private static <T> T taken(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    writer.close();
    balancer.close();
    plane.close();
  }
}
