package dev.freshet.bench.contender;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Times calls, in milliseconds. */
final class Timing {
  private static final long WARM_UP_NANOS = Duration.ofMillis(500).toNanos();
  private static final long MEASURE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int FEWEST_CALLS = 3;
  private static final int MOST_CALLS = 100_000;
  private static final double NANOS_PER_MILLI = 1e6;

  /** What calls give goes here, so that they are made. */
  @SuppressWarnings("UnusedVariable")
  private static volatile long sink;

  private Timing() {}

  static double once(Runnable call) {
    long start = System.nanoTime();
    call.run();
    return (System.nanoTime() - start) / NANOS_PER_MILLI;
  }

  /** The median of calls for a second, after a warm-up. */
  static double often(LongSupplier call) {
    long begin = System.nanoTime();
    do {
      sink = call.getAsLong();
    } while (System.nanoTime() - begin < WARM_UP_NANOS);
    long[] all = measured(call).toArray();
    Arrays.sort(all);
    return all[all.length / 2] / NANOS_PER_MILLI;
  }

  private static LongStream measured(LongSupplier call) {
    var nanos = LongStream.builder();
    long begin = System.nanoTime();
    for (int calls = 0;
        calls < FEWEST_CALLS || (calls < MOST_CALLS && System.nanoTime() - begin < MEASURE_NANOS);
        calls++) {
      long start = System.nanoTime();
      sink = call.getAsLong();
      nanos.add(System.nanoTime() - start);
    }
    return nanos.build();
  }
}
