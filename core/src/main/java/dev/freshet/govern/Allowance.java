package dev.freshet.govern;

import dev.freshet.load.Budget;
import dev.freshet.time.TimeSource;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is left of one budget. Every call is made under the lock of the {@link Governor}. */
final class Allowance {

  /** Longer than any read waits; what only others can end. */
  static final long FOR_OTHERS = Long.MAX_VALUE;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final TimeMeter clock;
  private Budget budget;
  private @Nullable Bucket requests;
  private @Nullable Bucket bytes;
  private int inFlight;

  Allowance(Budget budget, TimeSource time) {
    this.clock = new Clock(time);
    this.budget = budget;
    fill();
  }

  /** Time as the buckets read it. */
  private record Clock(TimeSource time) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return time.monotonicNanos();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /** From now on so much; what is under way counts, what was overdrawn is forgiven. */
  void change(Budget other) {
    if (!other.equals(budget)) {
      budget = other;
      fill();
    }
  }

  private void fill() {
    requests = budget.limitsRequests() ? requests(budget) : null;
    bytes = budget.limitsBytes() ? bytes(budget) : null;
  }

  private Bucket requests(Budget of) {
    long capacity = Math.max(1, Math.round(of.requestsPerSecond() * seconds(of.burst())));
    Duration each =
        Duration.ofNanos(Math.max(1, (long) (NANOS_PER_SECOND / of.requestsPerSecond())));
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(1, each))
        .withCustomTimePrecision(clock)
        .build();
  }

  private Bucket bytes(Budget of) {
    long capacity = Math.max(1, (long) (of.bytesPerSecond() * seconds(of.burst())));
    return Bucket.builder()
        .addLimit(
            limit ->
                limit.capacity(capacity).refillGreedy(of.bytesPerSecond(), Duration.ofSeconds(1)))
        .withCustomTimePrecision(clock)
        .build();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  Budget budget() {
    return budget;
  }

  int inFlight() {
    return inFlight;
  }

  /** How long until one more request is within the budget; zero for now. */
  long untilNextNanos() {
    if (inFlight >= budget.concurrent()) {
      return FOR_OTHERS;
    }
    return Math.max(wait(requests), wait(bytes));
  }

  private static long wait(@Nullable Bucket bucket) {
    return bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
  }

  /** What holds the next request back, in words. */
  String why() {
    if (inFlight >= budget.concurrent()) {
      return budget.concurrent() + " requests at a time";
    }
    return wait(bytes) > wait(requests)
        ? budget.bytesPerSecond() + " bytes/s"
        : budget.requestsPerSecond() + " requests/s";
  }

  /** One more is under way. */
  void take() {
    inFlight++;
    if (requests != null) {
      requests.consumeIgnoringRateLimits(1);
    }
  }

  /** One has come to its end. */
  void giveBack() {
    inFlight--;
  }

  /** So many bytes have come; the budget may be overdrawn by them. */
  void pay(long received) {
    if (bytes != null && received > 0) {
      bytes.consumeIgnoringRateLimits(received);
    }
  }
}
