package dev.freshet.saved;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@link Written} wrote: each value that it remembered is made once. */
final class Reread<V> {

  private final List<V> values = new ArrayList<>();
  private final StateInput in;
  private final Spelling<V> spelling;

  /** Reads a value that is spelt out. */
  interface Spelling<V> {
    V read() throws IOException;
  }

  Reread(StateInput in, Spelling<V> spelling) {
    this.in = in;
    this.spelling = spelling;
  }

  V read() throws IOException {
    long place = in.number();
    if (place == Written.NOT_KEPT) {
      return spelling.read();
    }
    if (place > 0 && place <= values.size()) {
      return values.get((int) place - 1);
    }
    if (place != values.size() + 1 || values.size() == Written.MOST) {
      throw UnusableStateException.damaged();
    }
    V value = spelling.read();
    values.add(value);
    return value;
  }

  /** All that are remembered. */
  List<V> values() {
    return values;
  }
}
