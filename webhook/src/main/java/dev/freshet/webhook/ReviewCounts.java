package dev.freshet.webhook;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How the reviews of a webhook have ended. Thread-safe. */
public final class ReviewCounts {

  /** How a review can end. */
  public enum Outcome {
    ALLOWED,
    DENIED,
    /** The cluster could not be seen in time: the declared answer was given. */
    UNDECIDED,
    /** The webhook's own code failed: the declared answer was given. */
    FAILED
  }

  private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();

  ReviewCounts() {}

  void ended(Outcome outcome) {
    counts.computeIfAbsent(outcome, unused -> new LongAdder()).increment();
  }

  /** How many have ended in this way. */
  public long of(Outcome outcome) {
    return counts.getOrDefault(outcome, new LongAdder()).sum();
  }
}
