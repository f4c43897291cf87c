package dev.freshet.cli;

import dev.freshet.CacheHealth;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.Route;
import dev.freshet.Spent;
import dev.freshet.cli.MeasureOutput.Fact;
import dev.freshet.cli.measure.Enough;
import dev.freshet.cli.measure.MeasuredField;
import dev.freshet.cli.measure.MeasuredRoute;
import dev.freshet.cli.measure.Measurement;
import dev.freshet.cli.measure.ResultTable;
import dev.freshet.cli.measure.RouteResult;
import dev.freshet.cli.measure.WriteLog;
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

/** One run of the demo: a control plane, Pods, a cache, churn, and reads by each route. */
final class Demo {

  /**
   * The share of Ray workers, which are what is queried: few among many, as a controller or a quota
   * check asks for the Pods of one tenant.
   */
  private static final double WORKER_SHARE = 0.04;

  private static final String CALLER = "freshet-demo";
  private static final String READER = "freshet-demo-reader";
  private static final Duration SYNCED_WITHIN = Duration.ofMinutes(3);
  private static final Query WORKERS = Query.label(Workload.NODE_TYPE_LABEL, Workload.WORKER);

  private static final int MILLIS_PER_SECOND = 1_000;

  private static final MeasuredField FIELD = MeasuredField.OF_PODS;

  private final int pods;
  private final double churnPerSecond;
  private final Duration length;
  private final ProgressLine progress;

  Demo(int pods, double churnPerSecond, Duration length, ProgressLine progress) {
    this.pods = pods;
    this.churnPerSecond = churnPerSecond;
    this.length = length;
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
      try (Freshet freshet =
          Freshet.connect(options -> options.config(user).caller(CALLER).cache(Pod.class))) {
        progress.begin("syncing the cache");
        long startNanos = System.nanoTime();
        freshet.awaitSynced(SYNCED_WITHIN);
        var synced = Duration.ofNanos(System.nanoTime() - startNanos);
        return measure(freshet, user, population, synced);
      }
    }
  }

  private Outcome measure(Freshet freshet, Config user, Population population, Duration synced)
      throws InterruptedException {
    var log = new WriteLog();
    Reads<Pod> reads = freshet.reads(Pod.class).as(READER);
    var measurement =
        new Measurement(
            List.of(MeasuredRoute.cached(reads, WORKERS), MeasuredRoute.direct(reads, WORKERS)),
            FIELD,
            Optional.of(log));
    progress.begin("warming up");
    measurement.warmUp();
    try (var churn = DemoChurn.start(user, population, churnPerSecond, log)) {
      read(measurement);
      churn.stop();
      return new Outcome(
          measurement.results(),
          List.of(
              new Fact("pods", pods(freshet, measurement)),
              new Fact("each read", "key, resourceVersion and " + FIELD.path() + " of each match"),
              new Fact("writes", churn.rate()),
              new Fact("", churn.kinds()),
              new Fact("cache", cache(freshet, synced)),
              new Fact("server", freshet.serverVersion() + ", one kube-apiserver, one etcd"),
              new Fact("measured", length.toSeconds() + " s, as a user without special rights")));
    }
  }

  private void read(Measurement measurement) throws InterruptedException {
    try (var ticking =
        Ticking.start(progress, "measuring for " + length.toSeconds() + " s", 0, () -> 0)) {
      measurement.run(Enough.after(length));
      ticking.finish();
    }
  }

  private static String pods(Freshet freshet, Measurement measurement) {
    int held = freshet.health().stream().mapToInt(CacheHealth::objects).sum();
    return String.format(
        Locale.ROOT, "%,d, of which %,d match %s", held, measurement.matches(), WORKERS.labels());
  }

  private static String cache(Freshet freshet, Duration synced) {
    Spent spent = freshet.spent().getOrDefault(CALLER, new Spent(0, 0));
    return String.format(
        Locale.ROOT,
        "synced in %.1f s; list and watch came to %s in all",
        (double) synced.toMillis() / MILLIS_PER_SECOND,
        ResultTable.bytes((double) spent.bytes()));
  }
}
