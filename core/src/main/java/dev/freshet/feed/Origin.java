package dev.freshet.feed;

import dev.freshet.request.RequestGate;
import dev.freshet.time.TimeSource;

/**
 * Where a feed's objects come from, and under whose name they are asked for.
 *
 * @param scope what is asked for
 * @param limits how much of it is taken
 * @param caller who pays
 * @param gate the way to the server
 * @param time the clocks of all deadlines
 */
record Origin(
    FeedScope scope, FeedLimits limits, String caller, RequestGate gate, TimeSource time) {

  /** The same for another's account. */
  Origin paidBy(String other) {
    return new Origin(scope, limits, other, gate, time);
  }
}
