package dev.freshet.trials.fences;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** How long some equal calls took. */
record Times(Duration median, Duration longest) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** Calls so often, with a rest before each so that no limit on their rate counts. */
  static Times of(int calls, Duration rest, Runnable call) {
    long[] nanos =
        LongStream.range(0, calls)
            .map(
                i -> {
                  LockSupport.parkNanos(rest.toNanos());
                  long start = System.nanoTime();
                  call.run();
                  return System.nanoTime() - start;
                })
            .sorted()
            .toArray();
    return new Times(Duration.ofNanos(nanos[calls / 2]), Duration.ofNanos(nanos[calls - 1]));
  }

  static String millis(Duration duration) {
    double millis = duration.toNanos() / NANOS_PER_MILLI;
    return duration.compareTo(Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(100))) < 0
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : String.format(Locale.ROOT, "%,.0f ms", millis);
  }
}
