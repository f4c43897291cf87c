package dev.freshet.testkit.workload;

import java.util.List;
import java.util.SplittableRandom;

/** Random values that are the same for the same seed and number, whatever was drawn before. */
final class Chance {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final String LOWER = "bcdfghjklmnpqrstvwxz2456789";
  private static final String HEX = "0123456789abcdef";

  private final SplittableRandom random;

  Chance(long seed, long number) {
    // SplittableRandom mixes its seed well, but neighbours must not share a sequence.
    this.random = new SplittableRandom(seed * 31 + (number + 1) * GOLDEN_GAMMA);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  double fraction() {
    return random.nextDouble();
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Of the alphabet from which Kubernetes takes its suffixes. */
  String letters(int length) {
    return of(LOWER, length);
  }

  String hex(int length) {
    return of(HEX, length);
  }

  String uid() {
    return String.join("-", hex(8), hex(4), hex(4), hex(4), hex(12));
  }

  private String of(String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
