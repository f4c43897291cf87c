package dev.freshet.bench;

import java.util.Objects;

/** Contenders that do not give the same are not timed. */
final class Contenders {

  private Contenders() {}

  static void agree(Object one, Object other) {
    if (!Objects.equals(one, other)) {
      throw new IllegalStateException("contenders differ: " + one + " and " + other);
    }
  }
}
