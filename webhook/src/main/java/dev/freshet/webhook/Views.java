package dev.freshet.webhook;

import dev.freshet.Consistency;

/** Views of one review. */
@FunctionalInterface
public interface Views {

  /** A view that pins nothing yet: what it shows is of a moment after this call. */
  View pin(Consistency level);
}
