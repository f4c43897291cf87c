package dev.freshet.store;

import org.jspecify.annotations.Nullable;

/**
 * The numbers that no slot has, those that were given back first. Immutable.
 *
 * @param next the one to take now
 * @param others what is free beside it; null for all that are greater
 */
record Numbers(int next, @Nullable Numbers others) {

  /** All from this one on. */
  static Numbers from(int first) {
    return new Numbers(first, null);
  }

  /** Those without {@link #next}. */
  Numbers taken() {
    return others == null ? from(next + 1) : others;
  }

  /** Those and one more. */
  Numbers with(int freed) {
    return new Numbers(freed, this);
  }
}
