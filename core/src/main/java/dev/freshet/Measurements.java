package dev.freshet;

import dev.freshet.fence.Experience;
import dev.freshet.fence.StreamFence;
import dev.freshet.object.Namespaces;
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

  /** Only what lists from the server take, where no fence is thought of. */
  static Measurements ofServer(Cluster cluster, Scope scope) {
    return new Measurements(
        cluster.directCosts(scope.type()).now(), Optional.empty(), Optional.empty());
  }

  static Measurements of(Cluster cluster, Scope scope) {
    Direct direct = cluster.directCosts(scope.type()).now();
    Namespaces in = scope.namespaces();
    return cluster
        .cache(scope.type())
        .filter(cache -> cache.fence(in).isPresent())
        .map(
            cache ->
                new Measurements(
                    direct, cache.fence(in).map(StreamFence::experience), cache.chosen(in)))
        .orElseGet(() -> ofServer(cluster, scope));
  }
}
