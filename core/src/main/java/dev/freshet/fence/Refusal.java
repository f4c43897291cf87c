package dev.freshet.fence;

import dev.freshet.error.ApiException;
import dev.freshet.error.FenceException;
import dev.freshet.error.FreshetException;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether touches of one stream are refused: by a missing right, a missing object, something that
 * undoes them. Then they are left alone for a while, since each would cost a request and bring
 * nothing, and it is logged once, not for each. Thread-safe.
 */
final class Refusal {

  /**
   * How long none is tried after the first that was refused; twice as long after each that follows.
   * Short at first, for an API server that has just started does not know yet who may do what.
   */
  static final Duration FIRST = Duration.ofSeconds(5);

  static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

  private final String stream;
  private final TimeSource time;
  private @Nullable String problem;
  private Duration lasts = FIRST;
  private long untilNanos;

  Refusal(String stream, TimeSource time) {
    this.stream = stream;
    this.time = time;
  }

  /** What is wrong; empty while touches may be tried. */
  synchronized Optional<String> now() {
    return problem == null || time.monotonicNanos() - untilNanos >= 0
        ? Optional.empty()
        : Optional.of(problem);
  }

  /** A touch failed so; what may pass by itself is no refusal. */
  synchronized void failed(FreshetException failure) {
    if (!isLasting(failure)) {
      return;
    }
    if (problem == null) {
      LOG.warn(
          "Nothing can be touched in {}, so other ways are taken: {}. {}",
          stream,
          failure.problem(),
          failure.remedy());
    }
    problem = failure.problem();
    untilNanos = time.monotonicNanos() + lasts.toNanos();
    Duration twice = lasts.multipliedBy(2);
    lasts = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }

  /** A touch was done. */
  synchronized void over() {
    problem = null;
    lasts = FIRST;
  }

  private static boolean isLasting(FreshetException failure) {
    return switch (failure) {
      case FenceException undone -> true;
      case ApiException refused ->
          switch (refused.code()) {
            case 400, 401, 403, 405, 415, 422 -> true;
            default -> false;
          };
      default -> false;
    };
  }
}
