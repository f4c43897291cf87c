package dev.freshet.trials.fences;

import static dev.freshet.Consistency.strong;

import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Route;
import dev.freshet.TouchTarget;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.workload.Churn;
import dev.freshet.testkit.workload.ChurnOptions;
import dev.freshet.testkit.workload.Elsewhere;
import dev.freshet.testkit.workload.PodKey;
import dev.freshet.testkit.workload.Population;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import dev.freshet.trials.stage.AuditLog;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * {@code ./build fences [PODS]}: what a strong list of nearly all Pods costs by each route, beside
 * one plain status write; how 64 readers share fences, by the API server's audit log; whether all
 * routes answer the same; and what the planner chooses and foresees in three situations. One run on
 * one control plane, about 13 minutes. Exits with 1 if a goal is missed.
 */
@SuppressWarnings("try") // What writes meanwhile is only opened and closed.
public final class FencesCommand {
  private static final int PODS = 20_000;
  private static final double WORKER_SHARE = 0.96;
  private static final int CALLS = 30;
  private static final int READERS = 64;
  private static final int ROUNDS = 5;
  private static final int ELSEWHERE_PER_SECOND = 40;

  /** Busy, and little enough for two cores: on a starved server everything waits for the server. */
  private static final int CHURN_PER_SECOND = 60;

  /** A touch is limited to five a second; a reader who rests longer never waits for that. */
  private static final Duration REST = Duration.ofMillis(210);

  private static final Duration SYNCED_WITHIN = Duration.ofMinutes(3);
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final double TOUCH_AGAINST_WRITE = 3;
  private static final Duration BOOKMARK_WITHIN = Duration.ofSeconds(3);
  private static final double FORESIGHT = 3;
  private static final Path DIRECTORY = Path.of("trials", "target", "fences");
  private static final Query WORKERS = Query.label(Workload.NODE_TYPE_LABEL, Workload.WORKER);

  private final ControlPlane plane;
  private final Population population;
  private final String namespace;
  private final AuditLog audit;
  private final KubernetesClient client;
  private final Freshet freshet;
  private final Goals goals = new Goals();

  private FencesCommand(
      ControlPlane plane,
      Population population,
      String namespace,
      AuditLog audit,
      Freshet freshet) {
    this.plane = plane;
    this.population = population;
    this.namespace = namespace;
    this.audit = audit;
    this.client = plane.client(User.TEST);
    this.freshet = freshet;
  }

  public static void main(String[] args) throws Exception {
    int pods = args.length > 0 ? Integer.parseInt(args[0]) : PODS;
    AuditLog audit = AuditLog.in(DIRECTORY);
    var spec = WorkloadSpec.of(pods).workerShare(WORKER_SHARE);
    String namespace = spec.namespaces().getFirst();
    try (var plane =
        ControlPlane.start(ControlPlaneOptions.standard().serverFlags(audit.serverFlags()))) {
      Population population =
          new Workload(spec).create(plane.config(User.TEST), Progress.printing(System.err));
      try (Freshet freshet =
          Freshet.connect(
              options ->
                  options
                      .config(plane.config(User.TEST))
                      .cache(
                          Pod.class,
                          all -> all.touching(TouchTarget.sentinel(namespace, "fence"))))) {
        freshet.awaitSynced(SYNCED_WITHIN);
        boolean met = new FencesCommand(plane, population, namespace, audit, freshet).run();
        System.exit(met ? 0 : 1);
      }
    }
  }

  private boolean run() throws Exception {
    prices();
    sharing();
    foresight();
    System.out.println();
    System.out.print(goals);
    return goals.areMet();
  }

  private Reads<Pod> reads(Fence fence) {
    return freshet.reads(Pod.class).as("measured").fence(fence);
  }

  /** While the cluster is busy in another kind, so that no fence is passed before it was sent. */
  private void prices() throws Exception {
    System.out.println("\n| strong list of workers | median | longest |");
    System.out.println("|---|---:|---:|");
    try (var elsewhere = Elsewhere.start(client, namespace, ELSEWHERE_PER_SECOND)) {
      PodKey pod = population.keys().getFirst();
      Times.of(CALLS, Duration.ZERO, () -> writeStatus(pod));
      Times.of(CALLS, REST, () -> read(Fence.TOUCH));
      Times write = show("one plain status write", Times.of(CALLS, REST, () -> writeStatus(pod)));
      Times touch = show("by touch", Times.of(CALLS, REST, () -> read(Fence.TOUCH)));
      Times bookmark = show("by bookmark watch", Times.of(CALLS, REST, () -> read(Fence.BOOKMARK)));
      show("by direct list", Times.of(CALLS / 3, REST, () -> read(Fence.DIRECT)));
      goals.add(
          "touch / status write, medians",
          ratio(touch.median(), write.median()),
          "at most " + TOUCH_AGAINST_WRITE,
          touch.median().toNanos() <= TOUCH_AGAINST_WRITE * write.median().toNanos());
      goals.add(
          "longest by bookmark watch",
          Times.millis(bookmark.longest()),
          "at most " + Times.millis(BOOKMARK_WITHIN),
          bookmark.longest().compareTo(BOOKMARK_WITHIN) <= 0);
    }
    sameAnswers();
  }

  private void sameAnswers() {
    List<String> answers = new ArrayList<>();
    int size = 0;
    for (Fence fence : List.of(Fence.PROBE, Fence.TOUCH, Fence.BOOKMARK, Fence.DIRECT)) {
      ReadList<Pod> answer = reads(fence).list(WORKERS, strong());
      size = answer.size();
      answers.add(
          answer.rows().stream()
              .map(row -> row.key() + "@" + row.resourceVersion().text())
              .sorted()
              .collect(Collectors.joining("\n")));
    }
    goals.add(
        "different answers of four routes",
        (answers.stream().distinct().count() - 1) + " of " + size + " Pods",
        "none",
        answers.stream().distinct().count() == 1);
  }

  private void writeStatus(PodKey pod) {
    client
        .pods()
        .inNamespace(pod.namespace())
        .withName(pod.name())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            "{\"status\":{\"message\":\"%d\"}}".formatted(System.nanoTime()));
  }

  private void read(Fence fence) {
    ReadList<Pod> answer = reads(fence).list(WORKERS, strong());
    if (!answer.provenance().route().toString().equals(fence.toString())) {
      throw new IllegalStateException("not by " + fence + ": " + answer.provenance());
    }
    answer.rows().forEach(row -> {});
  }

  private Times show(String what, Times times) {
    System.out.printf(
        "| %s | %s | %s |%n", what, Times.millis(times.median()), Times.millis(times.longest()));
    return times;
  }

  private void sharing() throws Exception {
    System.out.println(
        "\n| 64 readers at once, 5 times | reads | requests by provenance | by audit log | at once |");
    System.out.println("|---|---:|---:|---:|---:|");
    try (var churn = busyPods()) {
      share(Fence.PROBE, "list");
    }
    share(Fence.TOUCH, "patch");
  }

  private void share(Fence fence, String verb) throws Exception {
    String caller = "sharing-" + fence;
    Reads<Pod> reads = freshet.reads(Pod.class).as(caller).fence(fence);
    Callable<ReadList<Pod>> one = () -> reads.list(WORKERS, strong());
    double shares = 0;
    int all = 0;
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (Future<ReadList<Pod>> read : readers.invokeAll(Collections.nCopies(READERS, one))) {
          var requests = read.get().provenance().requests();
          shares += (double) requests.sent() / requests.readers();
          all++;
        }
      }
    }
    AuditLog.Seen seen = audit.of(caller, verb);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.1f | %d | %d |%n",
        fence,
        all,
        shares,
        seen.count(),
        seen.mostAtOnce());
    goals.add(
        "requests of " + all + " reads by " + fence,
        Long.toString(seen.count()),
        "at most " + all / 10,
        seen.count() > 0 && seen.count() <= all / 10 && Math.round(shares) == seen.count());
    goals.add(
        "most at once by " + fence,
        Integer.toString(seen.mostAtOnce()),
        "1",
        seen.mostAtOnce() == 1);
  }

  private Churn busyPods() {
    return Churn.start(
        plane.config(User.TEST),
        population,
        ChurnOptions.of(CHURN_PER_SECOND, LONGEST),
        write -> {});
  }

  private void foresight() throws Exception {
    var foresight = new Foresight(reads(Fence.AUTO), WORKERS);
    List<List<Foresight.Line>> situations = new ArrayList<>();
    situations.add(foresight.in("quiet"));
    try (var churn = busyPods()) {
      situations.add(foresight.in("Pods busy"));
    }
    try (var elsewhere = Elsewhere.start(client, namespace, ELSEWHERE_PER_SECOND)) {
      situations.add(foresight.in("busy elsewhere"));
    }
    List<Foresight.Line> lines = situations.stream().flatMap(List::stream).toList();
    List<Foresight.Line> favourites = situations.stream().map(List::getFirst).toList();
    System.out.println("\n| situation | route | chosen, times | foreseen | measured | factor |");
    System.out.println("|---|---|---:|---:|---:|---:|");
    lines.forEach(FencesCommand::show);
    List<Route> chosen = favourites.stream().map(Foresight.Line::route).toList();
    goals.add(
        "route chosen most in each of three situations",
        chosen.toString(),
        "all different",
        chosen.stream().distinct().count() == 3);
    double worst =
        lines.stream()
            .filter(Foresight.Line::isMeasured)
            .mapToDouble(Foresight.Line::factor)
            .max()
            .orElseThrow();
    goals.add(
        "worst factor between foreseen and measured",
        String.format(Locale.ROOT, "%.2f", worst),
        "at most " + FORESIGHT,
        worst <= FORESIGHT);
  }

  private static void show(Foresight.Line line) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %s | %s | %s |%n",
        line.situation(),
        line.route(),
        line.chosen(),
        Times.millis(line.foreseen()),
        line.isMeasured() ? Times.millis(line.measured()) : "not waited for",
        line.isMeasured() ? String.format(Locale.ROOT, "%.2f", line.factor()) : "");
  }

  private static String ratio(Duration one, Duration other) {
    return String.format(Locale.ROOT, "%.2f", (double) one.toNanos() / other.toNanos());
  }
}
