package dev.freshet.cli;

import dev.freshet.CacheDeclaration;
import dev.freshet.CacheHealth;
import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.Route;
import dev.freshet.Spent;
import dev.freshet.TouchTarget;
import dev.freshet.cli.MeasureOutput.Fact;
import dev.freshet.cli.measure.Enough;
import dev.freshet.cli.measure.MeasuredField;
import dev.freshet.cli.measure.Measurement;
import dev.freshet.cli.measure.RouteResult;
import dev.freshet.cli.measure.Stages;
import dev.freshet.cli.measure.WriteLog;
import dev.freshet.cli.output.Amounts;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.Population;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One run of the demo: a control plane, Pods, a cache, churn, and reads by each route. */
final class Demo {

  /**
   * The share of Ray workers, which are what is queried: few among many, as a controller or a quota
   * check asks for the Pods of one tenant.
   */
  private static final double WORKER_SHARE = 0.04;

  private static final String CALLER = "freshet-demo";
  private static final String READER = "freshet-demo-reader";
  private static final String SENTINEL = "freshet-demo-sentinel";
  private static final Duration SYNCED_WITHIN = Duration.ofMinutes(3);
  private static final Query WORKERS = Query.label(Workload.NODE_TYPE_LABEL, Workload.WORKER);

  private static final int MILLIS_PER_SECOND = 1_000;

  private static final MeasuredField FIELD = MeasuredField.OF_PODS;

  private final int pods;
  private final double churnPerSecond;
  private final Duration length;
  private final List<Fence> fences;
  private final ProgressLine progress;

  /**
   * @param length of each stage: cached beside direct, then each fence
   */
  Demo(
      int pods, double churnPerSecond, Duration length, List<Fence> fences, ProgressLine progress) {
    this.pods = pods;
    this.churnPerSecond = churnPerSecond;
    this.length = length;
    this.fences = List.copyOf(fences);
    this.progress = progress;
  }

  /**
   * What a run has shown.
   *
   * @param facts what was measured on
   */
  record Outcome(List<RouteResult> results, List<Fact> facts) {

    /**
     * Fails if an answer was not what its level or its provenance promised: a defect of Freshet or
     * of the API server.
     */
    void requireKeptPromises() {
      for (RouteResult result : results) {
        boolean strong = !result.route().equals(Route.CACHED.toString());
        long stale = strong ? result.staleAnswers().orElse(0) : 0;
        require(stale, result, "missed a write acknowledged before the read began, though strong");
        require(result.understatedAnswers(), result, "claimed to be less behind than they were");
        require(
            result.contradictoryAnswers(), result, "lacked a write that their version includes");
      }
    }

    private static void require(long broken, RouteResult result, String how) {
      if (broken > 0) {
        throw new CommandFailure(
            broken + " of " + result.reads() + " " + result.route() + " answers " + how,
            "This breaks what Freshet promises: please report it with the table above.");
      }
    }
  }

  Outcome run() throws InterruptedException {
    progress.begin("starting etcd and kube-apiserver");
    try (var plane = ControlPlane.start(ControlPlaneOptions.standard().telling(progress))) {
      Config user = plane.config(User.TEST);
      var spec = WorkloadSpec.of(pods).workerShare(WORKER_SHARE);
      Population population = new Workload(spec).create(user, progress);
      UnaryOperator<CacheDeclaration> cache = cache(spec.namespaces().getFirst());
      try (Freshet freshet =
          Freshet.connect(options -> options.config(user).caller(CALLER).cache(Pod.class, cache))) {
        progress.begin("syncing the cache");
        long startNanos = System.nanoTime();
        freshet.awaitSynced(SYNCED_WITHIN);
        var synced = Duration.ofNanos(System.nanoTime() - startNanos);
        return measure(freshet, user, population, synced);
      }
    }
  }

  private UnaryOperator<CacheDeclaration> cache(String namespace) {
    return fences.contains(Fence.TOUCH)
        ? cache -> cache.touching(TouchTarget.sentinel(namespace, SENTINEL))
        : UnaryOperator.identity();
  }

  private Outcome measure(Freshet freshet, Config user, Population population, Duration synced)
      throws InterruptedException {
    var log = new WriteLog();
    Reads<Pod> reads = freshet.reads(Pod.class).as(READER);
    var stages = new Stages(reads, WORKERS, fences, FIELD, Optional.of(log));
    try (var churn = DemoChurn.start(user, population, churnPerSecond, log)) {
      stages.inTurn(this::measure);
      churn.stop();
      return new Outcome(
          stages.results(),
          List.of(
              new Fact("pods", pods(freshet, stages)),
              new Fact("each read", "key, resourceVersion and " + FIELD.path() + " of each match"),
              new Fact("writes", churn.rate()),
              new Fact("", churn.kinds()),
              new Fact("cache", cache(freshet, synced)),
              new Fact("server", freshet.serverVersion() + ", one kube-apiserver, one etcd"),
              new Fact("measured", length() + ", as a user without special rights")));
    }
  }

  private void measure(Measurement stage, String routes) throws InterruptedException {
    progress.begin("warming up " + routes);
    stage.warmUp();
    String what = "measuring " + routes + " for " + length.toSeconds() + " s";
    try (var ticking = Ticking.start(progress, what, 0, () -> 0)) {
      stage.run(Enough.after(length));
      ticking.finish();
    }
  }

  private String length() {
    return length.toSeconds() + " s" + (fences.isEmpty() ? "" : " for each fence and for the rest");
  }

  private static String pods(Freshet freshet, Stages stages) {
    int held = freshet.health().stream().mapToInt(CacheHealth::objects).sum();
    return String.format(
        Locale.ROOT, "%,d, of which %,d match %s", held, stages.matches(), WORKERS.labels());
  }

  private static String cache(Freshet freshet, Duration synced) {
    Spent spent = freshet.spent().getOrDefault(CALLER, new Spent(0, 0));
    return String.format(
        Locale.ROOT,
        "synced in %.1f s; list and watch came to %s in all",
        (double) synced.toMillis() / MILLIS_PER_SECOND,
        Amounts.bytes(spent.bytes()));
  }
}
