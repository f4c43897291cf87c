package dev.freshet.trials.admission;

import dev.freshet.webhook.Review;
import dev.freshet.webhook.ReviewRule;
import dev.freshet.webhook.Verdict;
import dev.freshet.webhook.Views;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** A rule, and how long it has taken for each review. Thread-safe. */
final class Timed implements ReviewRule<Pod> {
  /** Reviews that are remembered; later ones are left out. */
  private static final int MAX_REVIEWS = 100_000;

  private final ReviewRule<Pod> rule;
  private final AtomicLongArray nanos = new AtomicLongArray(MAX_REVIEWS);
  private final AtomicInteger count = new AtomicInteger();

  Timed(ReviewRule<Pod> rule) {
    this.rule = rule;
  }

  @Override
  public Verdict decide(Review<Pod> review, Views views) throws InterruptedException {
    long start = System.nanoTime();
    Verdict verdict = rule.decide(review, views);
    int number = count.getAndIncrement();
    if (number < MAX_REVIEWS) {
      nanos.set(number, System.nanoTime() - start);
    }
    return verdict;
  }

  /** How many reviews, the median and the 99th percentile, as three words. */
  String millis() {
    int size = Math.min(count.get(), MAX_REVIEWS);
    long[] sorted = new long[size];
    Arrays.setAll(sorted, nanos::get);
    Arrays.sort(sorted);
    return String.format(Locale.ROOT, "%d %.1f %.1f", size, at(sorted, 0.5), at(sorted, 0.99));
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }
}
