package dev.freshet.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What bytes that came before were read as, so that objects share it and it need not be read again.
 *
 * <p>An open hash table. At the limit it forgets everything and starts anew, and what collides with
 * {@value #MAX_PROBES} others replaces one of them: values are then made twice, and nothing fails
 * or grows slow, whatever names people give their labels. For one thread.
 */
class Repeats<T> {

  /** Slots that are looked at for one value. */
  static final int MAX_PROBES = 16;

  /** Slots at first, a power of two: many an answer is one object. */
  private static final int FIRST_SLOTS = 1 << 6;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Odd, and its bits are in no order: what it multiplies is well spread. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final int maxValues;
  private final int maxLength;

  private @Nullable Object[] slots = new Object[FIRST_SLOTS];

  /** The bytes of each value; null if it came as characters. */
  private byte[] @Nullable [] spelt = new byte[FIRST_SLOTS][];

  private int[] hashes = new int[FIRST_SLOTS];
  private int values;

  /** The hash of what was looked for last and is not here. */
  private int missed;

  /**
   * @param maxValues how many are held
   * @param maxLength bytes of what is worth holding; longer ones rarely repeat
   */
  Repeats(int maxValues, int maxLength) {
    this.maxValues = maxValues;
    this.maxLength = maxLength;
  }

  /** What equal bytes were read as; null if they did not come before. */
  @SuppressWarnings("unchecked") // only such values are put in
  final @Nullable T find(byte[] bytes, int from, int length) {
    if (length > maxLength) {
      return null;
    }
    int hash = hash(bytes, from, length);
    int home = home(hash);
    for (int i = 0; i < MAX_PROBES; i++) {
      int slot = slot(home, i);
      if (slots[slot] == null) {
        break;
      }
      byte[] found = hashes[slot] == hash ? spelt[slot] : null;
      if (found != null && Arrays.equals(found, 0, found.length, bytes, from, from + length)) {
        return (T) slots[slot];
      }
    }
    missed = hash;
    return null;
  }

  /** Holds what bytes were read as for which {@link #find} has just found nothing. */
  final T keepMissed(byte[] bytes, int from, int length, T value) {
    return length > maxLength
        ? value
        : keep(missed, value, Arrays.copyOfRange(bytes, from, from + length));
  }

  /** The value in a slot that has that hash; null if there is none. */
  final @Nullable Object inSlot(int slot, int hash) {
    return hashes[slot] == hash ? slots[slot] : null;
  }

  final boolean isFree(int slot) {
    return slots[slot] == null;
  }

  /** Of eight bytes at a time. */
  private static int hash(byte[] bytes, int from, int length) {
    long hash = length;
    int end = from + length;
    int at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * SPREAD;
      hash ^= hash >>> Integer.SIZE;
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
    }
    hash = (hash ^ rest) * SPREAD;
    return (int) (hash >>> Integer.SIZE);
  }

  /** Half of the slots stay empty, so that a search usually ends soon. */
  final T keep(int hash, T value, byte @Nullable [] spelling) {
    if (values == maxValues) {
      resize(FIRST_SLOTS);
    }
    put(hash, value, spelling);
    if (2 * values > slots.length) {
      @Nullable Object[] old = slots;
      byte[] @Nullable [] oldSpelt = spelt;
      int[] oldHashes = hashes;
      resize(2 * old.length);
      for (int i = 0; i < old.length; i++) {
        if (old[i] != null) {
          put(oldHashes[i], old[i], oldSpelt[i]);
        }
      }
    }
    return value;
  }

  /** Empty, and of so many slots. */
  private void resize(int length) {
    slots = new Object[length];
    spelt = new byte[length][];
    hashes = new int[length];
    values = 0;
  }

  private void put(int hash, Object value, byte @Nullable [] spelling) {
    int home = home(hash);
    for (int i = 0; i < MAX_PROBES; i++) {
      if (slots[slot(home, i)] == null) {
        set(slot(home, i), hash, value, spelling);
        values++;
        return;
      }
    }
    set(home, hash, value, spelling);
  }

  private void set(int slot, int hash, Object value, byte @Nullable [] spelling) {
    slots[slot] = value;
    spelt[slot] = spelling;
    hashes[slot] = hash;
  }

  /** {@code hash} may be that of {@link String#hashCode()}, poor in its low bits if short. */
  final int home(int hash) {
    return (hash * 0x9E3779B9) >>> (32 - Integer.numberOfTrailingZeros(slots.length));
  }

  final int slot(int home, int probe) {
    return (home + probe) & (slots.length - 1);
  }
}
