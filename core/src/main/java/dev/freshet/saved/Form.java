package dev.freshet.saved;

import dev.freshet.compact.Dictionary;
import dev.freshet.compact.PackedBody;
import dev.freshet.compact.Packing;
import dev.freshet.object.Body;
import java.util.Optional;

/**
 * How the bytes of an object are held.
 *
 * @param packing empty if they are as they came
 */
record Form(Body.Encoding encoding, Optional<Packing> packing) {

  static Form of(Body.Encoding encoding, Optional<Dictionary> dictionary) {
    return new Form(encoding, dictionary.map(by -> new Packing(by, encoding)));
  }

  static Form of(Body body) {
    return new Form(
        body.encoding(),
        body instanceof PackedBody packed ? Optional.of(packed.packing()) : Optional.empty());
  }

  /** By which they are packed; empty if they are as they came. */
  Optional<Dictionary> dictionary() {
    return packing.map(Packing::dictionary);
  }
}
