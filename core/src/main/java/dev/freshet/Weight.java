package dev.freshet;

import java.time.Duration;
import java.util.Optional;

/**
 * What a read that sent requests has weighed on the server, beside their bytes.
 *
 * @param seats of the server's priority and fairness, as this read's share
 * @param instead the fence that would have answered it from the cache; empty if none would
 */
record Weight(double seats, Optional<ByFence> instead) {

  /** Of a read that sent nothing. */
  static final Weight NONE = new Weight(0, Optional.empty());

  /**
   * A fence that nobody asked for.
   *
   * @param latency what it would have taken
   * @param atNanos when the read ended without it, on the monotonic clock
   */
  record ByFence(Route route, Duration latency, long atNanos) {}
}
