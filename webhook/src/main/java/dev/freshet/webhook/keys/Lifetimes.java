package dev.freshet.webhook.keys;

import java.time.Duration;

/**
 * How long self-made certificates are valid. Each is replaced when a third of its time is left.
 *
 * @param authority an authority's
 * @param serving a serving certificate's
 * @param settles how long a new authority is known to API servers before it signs
 */
public record Lifetimes(Duration authority, Duration serving, Duration settles) {

  /** Five years, 90 days, five minutes. */
  public static final Lifetimes STANDARD =
      new Lifetimes(Duration.ofDays(5 * 365), Duration.ofDays(90), Duration.ofMinutes(5));

  public Lifetimes {
    if (!serving.isPositive() || settles.isNegative() || authority.compareTo(serving) < 0) {
      throw new IllegalArgumentException(
          "a serving certificate is valid for some time, and an authority for no less");
    }
  }
}
