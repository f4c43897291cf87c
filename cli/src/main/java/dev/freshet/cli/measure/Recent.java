package dev.freshet.cli.measure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What was seen at the last looks, for rates of what is counted. For one thread at a time.
 *
 * @param <T> what a look sees; immutable
 */
public final class Recent<T> {

  /** Long enough that a few events a second make a steady figure. */
  static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private static final double NANOS_PER_SECOND = 1e9;

  private final ArrayDeque<Look<T>> looks = new ArrayDeque<>();

  private record Look<T>(long atNanos, T seen) {}

  /** Adds a look; those that the window needs no more are forgotten. */
  public void add(long nowNanos, T seen) {
    looks.addLast(new Look<>(nowNanos, seen));
    // The second oldest still covers the window, so the oldest can go.
    while (looks.size() > 2 && nowNanos - second().atNanos() >= WINDOW_NANOS) {
      looks.removeFirst();
    }
  }

  private Look<T> second() {
    Iterator<Look<T>> all = looks.iterator();
    all.next();
    return all.next();
  }

  /** How much of it came a second. Empty until there are two looks, and while a count went back. */
  public OptionalDouble rate(ToDoubleFunction<T> count) {
    return ratio(count, seconds());
  }

  /**
   * How much of one came for each of the other, such as seconds for each request. Empty while none
   * of the other came.
   */
  public OptionalDouble each(ToDoubleFunction<T> count, ToDoubleFunction<T> of) {
    return ratio(count, increase(of).orElse(0));
  }

  private OptionalDouble ratio(ToDoubleFunction<T> count, double by) {
    OptionalDouble increase = increase(count);
    return increase.isEmpty() || by <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(increase.getAsDouble() / by);
  }

  private double seconds() {
    return looks.isEmpty()
        ? 0
        : (looks.getLast().atNanos() - looks.getFirst().atNanos()) / NANOS_PER_SECOND;
  }

  /** A count that went back has begun anew, or is another server's: what came is not known. */
  private OptionalDouble increase(ToDoubleFunction<T> count) {
    if (looks.size() < 2) {
      return OptionalDouble.empty();
    }
    double first = count.applyAsDouble(looks.getFirst().seen());
    double last = first;
    for (Look<T> look : looks) {
      double next = count.applyAsDouble(look.seen());
      if (!(next >= last)) {
        return OptionalDouble.empty();
      }
      last = next;
    }
    return OptionalDouble.of(last - first);
  }
}
