package dev.freshet.saved;

import java.io.IOException;

/** What a file holds cannot be used here, and never will be; the message says why. */
final class UnusableStateException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String why;

  UnusableStateException(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }

  static UnusableStateException damaged() {
    return new UnusableStateException("it is truncated or damaged");
  }
}
