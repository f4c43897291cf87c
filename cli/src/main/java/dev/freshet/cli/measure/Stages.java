package dev.freshet.cli.measure;

import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The routes in the order in which they are measured: cached beside direct, then each fence alone.
 *
 * <p>Two fences at once would help each other: the event of a touch takes the cache past a probe
 * and a bookmark watch too.
 */
public final class Stages {

  private final List<Measurement> stages = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /**
   * @param fences those to measure beside cached and direct
   * @param log the writes that go on meanwhile, if they are known
   */
  public Stages(
      Reads<?> reads,
      Query query,
      List<Fence> fences,
      MeasuredField field,
      Optional<WriteLog> log) {
    add(
        List.of(
            MeasuredRoute.cached(reads, query), MeasuredRoute.strong(reads, query, Fence.DIRECT)),
        field,
        log);
    for (Fence fence : fences) {
      add(List.of(MeasuredRoute.strong(reads, query, fence)), field, log);
    }
  }

  private void add(List<MeasuredRoute> routes, MeasuredField field, Optional<WriteLog> log) {
    stages.add(new Measurement(routes, field, log));
    names.add(String.join(" and ", routes.stream().map(MeasuredRoute::name).toList()));
  }

  /** What is done with a stage, given what it measures in words. */
  public interface Step {
    void run(Measurement stage, String routes) throws InterruptedException;
  }

  /** Does something with each stage, one after the other. */
  public void inTurn(Step step) throws InterruptedException {
    for (int i = 0; i < stages.size(); i++) {
      step.run(stages.get(i), names.get(i));
    }
  }

  /** How many objects the query matched at last. */
  public int matches() {
    return stages.getLast().matches();
  }

  /** The figures of each route; once all stages are done and all writes have ended. */
  public List<RouteResult> results() {
    return stages.stream().flatMap(stage -> stage.results().stream()).toList();
  }
}
