package dev.freshet.trials.soak;

import dev.freshet.testkit.controlplane.EtcdBackup;
import dev.freshet.trials.fault.FaultKind;
import dev.freshet.trials.fault.Ground;
import dev.freshet.trials.round.Convergence;
import dev.freshet.trials.round.Round;
import dev.freshet.trials.stage.CacheShape;
import dev.freshet.trials.stage.Holding;
import dev.freshet.trials.stage.Stage;
import dev.freshet.trials.stage.Told;
import dev.freshet.trials.stage.View;
import dev.freshet.trials.stage.Writers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Caches, readers, handlers and writers on one stage for as long as wanted, with a light fault
 * every few seconds. Now and then the writers pause; caches and handlers must then come to equal
 * etcd, and the process is measured.
 */
public final class Soak {
  /** Six of them make a third of the shortest soak, so that the median of each means something. */
  private static final int LEAST_SAMPLES = 18;

  private static final Duration LONGEST_BETWEEN_SAMPLES = Duration.ofMinutes(1);
  private static final Duration BETWEEN_FAULTS_AT_LEAST = Duration.ofSeconds(1);
  private static final Duration BETWEEN_FAULTS_AT_MOST = Duration.ofSeconds(8);
  private static final int MAX_PROBLEMS = 20;
  private static final List<FaultKind> LIGHT =
      Stream.of(FaultKind.values()).filter(FaultKind::light).toList();

  private final ProcessMeter meter = new ProcessMeter();
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Duration length;
  private final Random random;
  private final Consumer<Sample> progress;
  private final long startNanos = System.nanoTime();
  private long faults;

  private Soak(Duration length, long seed, Consumer<Sample> progress) {
    this.length = length;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /**
   * Runs one.
   *
   * @param length from the first fault to the last sample, at the least
   * @param progress told of each sample
   */
  public static SoakResult run(Duration length, long seed, Consumer<Sample> progress)
      throws InterruptedException {
    return new Soak(length, seed, progress).run(seed);
  }

  private SoakResult run(long seed) throws InterruptedException {
    try (Stage stage = Stage.open(seed)) {
      List<View> views =
          Stream.of(CacheShape.WHOLE, CacheShape.NAMESPACES, CacheShape.METADATA)
              .flatMap(shape -> shape.views(stage.connect(shape)).stream())
              .toList();
      Writers writers = stage.writers();
      List<Told> told = views.stream().map(view -> stage.keep(new Told(view))).toList();
      Consumers consumers = stage.keep(new Consumers(views));
      var ground = ground(stage, writers);
      var convergence = new Convergence(stage.etcd(), holdings(views, told));
      while (samples.size() < LEAST_SAMPLES || elapsed().compareTo(length) < 0) {
        disturb(ground, writers);
        measure(convergence, writers, consumers);
      }
      consumers.close();
      problems.addAll(consumers.defects());
      told.forEach(handler -> handler.defect().ifPresent(problems::add));
    }
    return SoakResult.of(samples, problems);
  }

  private static List<Holding> holdings(List<View> views, List<Told> told) {
    return Stream.concat(views.stream().map(View::holding), told.stream().map(Told::holding))
        .toList();
  }

  private Ground ground(Stage stage, Writers writers) {
    EtcdBackup unused = stage.plane().backUpEtcd();
    return new Ground(stage, writers, unused, Runnable::run, random);
  }

  /** Faults one after the other, until it is time for a sample. */
  private void disturb(Ground ground, Writers writers) throws InterruptedException {
    writers.resume();
    Duration until = elapsed().plus(betweenSamples());
    while (elapsed().compareTo(until) < 0) {
      LIGHT.get(random.nextInt(LIGHT.size())).strike(ground);
      faults++;
      Thread.sleep(
          random.nextLong(
              BETWEEN_FAULTS_AT_LEAST.toMillis(), BETWEEN_FAULTS_AT_MOST.toMillis() + 1));
    }
    writers.pause();
  }

  private void measure(Convergence convergence, Writers writers, Consumers consumers)
      throws InterruptedException {
    convergence
        .await(System.nanoTime() + Round.CONVERGES_WITHIN.toNanos())
        .filter(difference -> problems.size() < MAX_PROBLEMS)
        .ifPresent(difference -> problems.add("not equal to etcd in time: " + difference));
    Descriptors descriptors = meter.descriptors();
    var sample =
        new Sample(
            elapsed().toMillis() / 1e3,
            meter.heapBytesAfterCollection(),
            meter.platformThreads(),
            meter.virtualThreads(),
            descriptors.sockets(),
            descriptors.others(),
            faults,
            consumers.reads(),
            writers.acknowledged());
    samples.add(sample);
    progress.accept(sample);
  }

  private Duration betweenSamples() {
    Duration share = length.dividedBy(LEAST_SAMPLES * 2);
    return share.compareTo(LONGEST_BETWEEN_SAMPLES) < 0 ? share : LONGEST_BETWEEN_SAMPLES;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
