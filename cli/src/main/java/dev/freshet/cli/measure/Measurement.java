package dev.freshet.cli.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The same query by several routes, each read by a thread of its own so that a slow one does not
 * hold up the others. For one thread, but progress may be asked from any.
 */
public final class Measurement {

  private final List<RouteSampler> samplers;

  /**
   * @param log the writes that go on meanwhile, if they are known: without it staleness is not
   *     measured
   */
  public Measurement(List<MeasuredRoute> routes, MeasuredField field, Optional<WriteLog> log) {
    this.samplers =
        routes.stream().map(route -> new RouteSampler(route, field, log.map(Audit::new))).toList();
  }

  /** Reads by every route without measuring. */
  public void warmUp() throws InterruptedException {
    inParallel(RouteSampler::warmUp);
  }

  /**
   * Reads by every route until it is enough.
   *
   * @throws RuntimeException the first failure of a read; the other routes are stopped then
   */
  public void run(Enough enough) throws InterruptedException {
    inParallel(sampler -> sampler.sample(enough));
  }

  /** The reads done so far by the route that has fewest. */
  public long readsDone() {
    return samplers.stream().mapToLong(RouteSampler::reads).min().orElse(0);
  }

  /** How many objects the query matched at last. */
  public int matches() {
    return samplers.stream().mapToInt(RouteSampler::matches).max().orElse(0);
  }

  /** The figures of each route; once {@link #run} has returned and all writes have ended. */
  public List<RouteResult> results() {
    return samplers.stream().map(RouteSampler::result).toList();
  }

  private interface Step {
    void run(RouteSampler sampler) throws InterruptedException;
  }

  private void inParallel(Step step) throws InterruptedException {
    ExecutorService readers =
        Executors.newFixedThreadPool(
            samplers.size(), Thread.ofPlatform().name("freshet-reader-", 0).daemon().factory());
    try {
      var done = new ExecutorCompletionService<Boolean>(readers);
      List<RouteSampler> started = new ArrayList<>();
      for (RouteSampler sampler : samplers) {
        done.submit(
            () -> {
              step.run(sampler);
              return true;
            });
        started.add(sampler);
      }
      for (int i = 0; i < started.size(); i++) {
        done.take().get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } finally {
      readers.shutdownNow();
    }
  }
}
