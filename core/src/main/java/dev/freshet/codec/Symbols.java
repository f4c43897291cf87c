package dev.freshet.codec;

import dev.freshet.protobuf.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Texts that came before, so that rows share them: label keys and values, namespaces, owners. Holds
 * at most {@value #MAX_TEXTS} texts of at most {@value #MAX_LENGTH} characters; one that reads
 * bytes holds them as well, which is some 1.5 MB at most for texts as long as they usually are.
 *
 * <p>An open hash table. At the limit it forgets everything and starts anew, and what collides with
 * {@value #MAX_PROBES} others replaces one of them: texts are then made twice, and nothing fails or
 * grows slow, whatever names people give their labels. For one thread.
 */
final class Symbols {

  /** 20,000 Pods of 200 workloads have a few thousand. */
  static final int MAX_TEXTS = 1 << 14;

  /** Characters of a text that is worth keeping; longer ones rarely repeat. */
  static final int MAX_LENGTH = 256;

  /** Slots that are looked at for one text. */
  static final int MAX_PROBES = 16;

  /** Slots at first, a power of two: many an answer is one object. */
  private static final int FIRST_SLOTS = 1 << 6;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Odd, and its bits are in no order: what it multiplies is well spread. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private @Nullable String[] slots = new String[FIRST_SLOTS];

  /** The bytes of each text; null if it came as characters. */
  private byte[] @Nullable [] spelt = new byte[FIRST_SLOTS][];

  private int[] hashes = new int[FIRST_SLOTS];
  private int texts;

  /** The text of the parser's current string. */
  String text(JsonParser parser) {
    char[] characters = parser.getStringCharacters();
    int from = parser.getStringOffset();
    int length = parser.getStringLength();
    if (length > MAX_LENGTH) {
      return new String(characters, from, length);
    }
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + characters[i];
    }
    int home = home(hash);
    for (int i = 0; i < MAX_PROBES; i++) {
      String found = slots[slot(home, i)];
      if (found == null) {
        break;
      }
      if (hashes[slot(home, i)] == hash && equal(found, characters, from, length)) {
        return found;
      }
    }
    return keep(hash, new String(characters, from, length), null);
  }

  /** The text of some bytes, which must be UTF-8. */
  String text(byte[] bytes, int from, int length) {
    if (length > MAX_LENGTH) {
      return Utf8.strict(bytes, from, length);
    }
    int hash = hash(bytes, from, length);
    String found = find(bytes, from, length, hash);
    return found != null
        ? found
        : keep(
            hash, Utf8.strict(bytes, from, length), Arrays.copyOfRange(bytes, from, from + length));
  }

  /** An equal text that came before from the parser, or this one from now on. */
  String shared(String text) {
    if (text.length() > MAX_LENGTH) {
      return text;
    }
    int hash = text.hashCode();
    int home = home(hash);
    for (int i = 0; i < MAX_PROBES; i++) {
      String found = slots[slot(home, i)];
      if (found == null) {
        break;
      }
      if (hashes[slot(home, i)] == hash && found.equals(text)) {
        return found;
      }
    }
    return keep(hash, text, null);
  }

  private static boolean equal(String text, char[] characters, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != characters[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** What equal bytes were read as; null if they did not come before. */
  private @Nullable String find(byte[] bytes, int from, int length, int hash) {
    int home = home(hash);
    for (int i = 0; i < MAX_PROBES; i++) {
      int slot = slot(home, i);
      if (slots[slot] == null) {
        return null;
      }
      byte[] found = hashes[slot] == hash ? spelt[slot] : null;
      if (found != null && Arrays.equals(found, 0, found.length, bytes, from, from + length)) {
        return slots[slot];
      }
    }
    return null;
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
  private String keep(int hash, String text, byte @Nullable [] spelling) {
    if (texts == MAX_TEXTS) {
      resize(FIRST_SLOTS);
    }
    put(hash, text, spelling);
    if (2 * texts > slots.length) {
      @Nullable String[] old = slots;
      byte[] @Nullable [] oldSpelt = spelt;
      int[] oldHashes = hashes;
      resize(2 * old.length);
      for (int i = 0; i < old.length; i++) {
        String earlier = old[i];
        if (earlier != null) {
          put(oldHashes[i], earlier, oldSpelt[i]);
        }
      }
    }
    return text;
  }

  /** Empty, and of so many slots. */
  private void resize(int length) {
    slots = new String[length];
    spelt = new byte[length][];
    hashes = new int[length];
    texts = 0;
  }

  private void put(int hash, String text, byte @Nullable [] spelling) {
    int home = home(hash);
    for (int i = 0; i < MAX_PROBES; i++) {
      if (slots[slot(home, i)] == null) {
        set(slot(home, i), hash, text, spelling);
        texts++;
        return;
      }
    }
    set(home, hash, text, spelling);
  }

  private void set(int slot, int hash, String text, byte @Nullable [] spelling) {
    slots[slot] = text;
    spelt[slot] = spelling;
    hashes[slot] = hash;
  }

  /** {@code hash} may be that of {@link String#hashCode()}, poor in its low bits if short. */
  private int home(int hash) {
    return (hash * 0x9E3779B9) >>> (32 - Integer.numberOfTrailingZeros(slots.length));
  }

  private int slot(int home, int probe) {
    return (home + probe) & (slots.length - 1);
  }
}
