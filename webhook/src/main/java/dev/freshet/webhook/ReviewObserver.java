package dev.freshet.webhook;

import java.time.Duration;

/** Hears of every review that has ended. Called by the thread that answers, so it must be quick. */
@FunctionalInterface
public interface ReviewObserver {

  /** Hears nothing. */
  ReviewObserver NONE = (webhook, outcome, took) -> {};

  /**
   * A review has ended.
   *
   * @param webhook its name
   * @param took from its arrival in the endpoint to its answer
   */
  void ended(String webhook, ReviewCounts.Outcome outcome, Duration took);
}
