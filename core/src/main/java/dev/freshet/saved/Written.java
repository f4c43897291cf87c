package dev.freshet.saved;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Values that come again and again, and are spelt out only where they first come. */
final class Written<V> {

  /** Values that are remembered; those that come later are spelt out each time. */
  static final int MOST = 1 << 16;

  /** Says of a value that it is not remembered. Others are counted from one. */
  static final int NOT_KEPT = 0;

  private final Map<V, Integer> places = new HashMap<>();
  private final StateOutput out;
  private final Spelling<V> spelling;

  /** Spells a value out. */
  interface Spelling<V> {
    void write(V value) throws IOException;
  }

  Written(StateOutput out, Spelling<V> spelling) {
    this.out = out;
    this.spelling = spelling;
  }

  void write(V value) throws IOException {
    Integer place = places.get(value);
    if (place != null) {
      out.number(place);
      return;
    }
    int next = places.size() < MOST ? places.size() + 1 : NOT_KEPT;
    if (next != NOT_KEPT) {
      places.put(value, next);
    }
    out.number(next);
    spelling.write(value);
  }
}
