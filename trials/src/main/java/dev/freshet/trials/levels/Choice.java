package dev.freshet.trials.levels;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws from things that are more and less frequent. For one thread. */
final class Choice<T> {
  private record Weighted<T>(int upTo, T value) {}

  private final RandomGenerator random;
  private final List<Weighted<T>> values = new ArrayList<>();
  private int total;

  Choice(RandomGenerator random) {
    this.random = random;
  }

  /** Adds one that is drawn this often, in proportion to all others. */
  Choice<T> or(int weight, T value) {
    total += weight;
    values.add(new Weighted<>(total, value));
    return this;
  }

  T next() {
    int drawn = random.nextInt(total);
    int i = 0;
    while (values.get(i).upTo() <= drawn) {
      i++;
    }
    return values.get(i).value();
  }
}
