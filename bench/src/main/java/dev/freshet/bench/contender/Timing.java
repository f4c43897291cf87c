package dev.freshet.bench.contender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Times calls, in milliseconds, or counts them. */
final class Timing {
  private static final long WARM_UP_NANOS = Duration.ofMillis(500).toNanos();
  private static final long MEASURE_NANOS = Duration.ofMillis(500).toNanos();
  private static final long LONG_WARM_UP_NANOS = Duration.ofSeconds(8).toNanos();
  private static final long LONG_NANOS = Duration.ofSeconds(4).toNanos();
  private static final int MOST_CALLS = 100_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /** What calls give goes here, so that they are made. */
  @SuppressWarnings("UnusedVariable")
  private static volatile long sink;

  private Timing() {}

  static double once(Runnable call) {
    long start = System.nanoTime();
    call.run();
    return (System.nanoTime() - start) / NANOS_PER_MILLI;
  }

  /** The median of calls for half a second, at least one, after a warm-up of as long. */
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
    int calls = 0;
    do {
      long start = System.nanoTime();
      sink = call.getAsLong();
      nanos.add(System.nanoTime() - start);
      calls++;
    } while (calls < MOST_CALLS && System.nanoTime() - begin < MEASURE_NANOS);
    return nanos.build();
  }

  /**
   * How many of something are dealt with in a second, by the median of runs over four seconds,
   * after a warm-up of eight.
   *
   * @param many how many one run deals with
   * @param run says itself how many nanoseconds it took, without what it had to prepare
   */
  static double rate(int many, LongSupplier run) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < LONG_WARM_UP_NANOS) {
      sink = run.getAsLong();
    }
    var runs = LongStream.builder();
    do {
      runs.add(run.getAsLong());
    } while (System.nanoTime() - begin < LONG_WARM_UP_NANOS + LONG_NANOS);
    long[] nanos = runs.build().sorted().toArray();
    return many * NANOS_PER_SECOND / nanos[nanos.length / 2];
  }

  /**
   * How many calls end in a second while so many threads call again and again; over four seconds,
   * after a warm-up of eight, since the compilers need that long on a busy machine. Threads of the
   * platform: whoever computes all the time would keep virtual ones from the cache.
   */
  static double perSecond(int threads, LongSupplier call) {
    var ended = new LongAdder();
    long begin = System.nanoTime();
    try (ExecutorService crowd = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            crowd.submit(
                () -> {
                  while (System.nanoTime() - begin < LONG_WARM_UP_NANOS + LONG_NANOS) {
                    sink = call.getAsLong();
                    ended.increment();
                  }
                }));
      }
      TimeUnit.NANOSECONDS.sleep(LONG_WARM_UP_NANOS);
      long before = ended.sum();
      long start = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(LONG_NANOS);
      double rate = (ended.sum() - before) * NANOS_PER_SECOND / (System.nanoTime() - start);
      for (Future<?> one : running) {
        one.get();
      }
      return rate;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while counting calls", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
