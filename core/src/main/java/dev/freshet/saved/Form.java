package dev.freshet.saved;

import dev.freshet.compact.Dictionary;
import dev.freshet.compact.PackedBody;
import dev.freshet.object.Body;
import java.util.Optional;

/**
 * How the bytes of an object are held.
 *
 * @param dictionary by which they are packed; empty if they are as they came
 */
record Form(Body.Encoding encoding, Optional<Dictionary> dictionary) {

  static Form of(Body body) {
    return new Form(
        body.encoding(),
        body instanceof PackedBody packed ? Optional.of(packed.dictionary()) : Optional.empty());
  }
}
