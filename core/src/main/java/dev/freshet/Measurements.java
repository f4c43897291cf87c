package dev.freshet;

import dev.freshet.fence.Experience;
import java.time.Duration;
import java.util.Optional;

/**
 * What the ways to the present have taken lately, as the planner sees it. Immutable.
 *
 * @param direct of lists from the server
 * @param fences of the stream's fences; empty if the read concerns no single stream
 * @param incumbent the way that was chosen last, which another must clearly beat
 */
record Measurements(Direct direct, Optional<Experience> fences, Optional<Route> incumbent) {

  /**
   * What a direct list takes.
   *
   * @param request a list of next to nothing
   * @param nanosPerByte of the answer
   * @param nanosPerScanned for each object that the server looks at
   * @param bytesPerObject in an answer
   */
  record Direct(
      Duration request, double nanosPerByte, double nanosPerScanned, double bytesPerObject) {}

  static Measurements of(Cluster cluster, Scope scope) {
    Direct direct = cluster.directCosts(scope.type()).now();
    return cluster
        .cache(scope.type())
        .flatMap(cache -> cache.fence(scope.namespaces()))
        .map(
            fence ->
                new Measurements(
                    direct, Optional.of(fence.experience()), Route.named(fence.chosen())))
        .orElseGet(() -> new Measurements(direct, Optional.empty(), Optional.empty()));
  }
}
