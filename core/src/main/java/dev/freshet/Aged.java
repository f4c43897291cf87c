package dev.freshet;

import dev.freshet.store.Cut;
import java.time.Duration;
import java.util.Optional;

/**
 * What a cache held at one moment, and how old that was then: who decides by an age answers with
 * the age that it decided by.
 *
 * @param behindAtMost empty when not known of every part
 */
record Aged(Cut cut, Optional<Duration> behindAtMost) {

  boolean isAtMost(Duration age) {
    return behindAtMost.filter(behind -> behind.compareTo(age) <= 0).isPresent();
  }

  @Override
  public String toString() {
    return behindAtMost
        .map(behind -> "the cache is at most " + behind.toMillis() + " ms behind")
        .orElse("nothing shows how far the cache is behind");
  }
}
