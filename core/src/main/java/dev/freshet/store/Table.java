package dev.freshet.store;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A persistent array: a tree of arrays that are never changed, in which the digits of a number lead
 * to its element. An update copies the path to one element and shares the rest; a lookup compares
 * nothing. Both cost O(log n), with a base of 32. Immutable.
 */
final class Table<E> {

  private static final int DIGIT_BITS = 5;
  private static final int WIDTH = 1 << DIGIT_BITS;

  /** How far the first digit of a number is to be shifted. */
  private final int shift;

  /** Of arrays, down to those of elements; each only as long as it need be. */
  private final Object[] root;

  private Table(int shift, Object[] root) {
    this.shift = shift;
    this.root = root;
  }

  static <E> Table<E> empty() {
    return new Table<>(0, new Object[0]);
  }

  /** Each element at its place in the list. O(n). */
  static <E> Table<E> of(List<E> elements) {
    Object[] level = elements.toArray();
    int shift = 0;
    while (level.length > WIDTH) {
      level = grouped(level);
      shift += DIGIT_BITS;
    }
    return new Table<>(shift, level);
  }

  private static Object[] grouped(Object[] entries) {
    Object[] groups = new Object[(entries.length + WIDTH - 1) / WIDTH];
    for (int i = 0; i < groups.length; i++) {
      int from = i * WIDTH;
      groups[i] =
          Arrays.copyOfRange(entries, from, Math.min(entries.length, from + WIDTH), Object[].class);
    }
    return groups;
  }

  /** The element of a number; null where there is none. */
  @SuppressWarnings("unchecked") // Only elements are ever put where the digits end.
  @Nullable E at(int number) {
    if (number >>> shift >= WIDTH) {
      return null;
    }
    @Nullable Object entry = root;
    for (int down = shift; down >= 0 && entry != null; down -= DIGIT_BITS) {
      Object[] node = (Object[]) entry;
      int digit = digit(number, down);
      entry = digit < node.length ? node[digit] : null;
    }
    return (E) entry;
  }

  /** This table with an element, or none, at a number. */
  Table<E> with(int number, @Nullable E element) {
    int top = shift;
    Object[] grown = root;
    while (number >>> top >= WIDTH) {
      grown = new Object[] {grown};
      top += DIGIT_BITS;
    }
    return new Table<>(top, copied(grown, top, number, element));
  }

  private static Object[] copied(
      Object @Nullable [] node, int down, int number, @Nullable Object element) {
    int digit = digit(number, down);
    @Nullable Object[] copy =
        node == null
            ? new Object[digit + 1]
            : Arrays.copyOf(node, Math.max(node.length, digit + 1));
    copy[digit] =
        down == 0 ? element : copied((Object[]) copy[digit], down - DIGIT_BITS, number, element);
    return copy;
  }

  private static int digit(int number, int down) {
    return (number >>> down) & (WIDTH - 1);
  }
}
