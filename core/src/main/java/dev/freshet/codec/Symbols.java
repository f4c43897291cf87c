package dev.freshet.codec;

import dev.freshet.protobuf.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Texts that came before, so that rows share them: label keys and values, namespaces, owners.
 *
 * <p>Holds at most {@value #MAX_TEXTS} texts of at most {@value #MAX_LENGTH} characters, in an open
 * hash table. At the limit it forgets them all and starts anew, and a text that collides with
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

  private @Nullable String[] slots = new String[FIRST_SLOTS];
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
      if (equal(found, characters, from, length)) {
        return found;
      }
    }
    return keep(new String(characters, from, length));
  }

  /** The text of some bytes, which must be UTF-8. */
  String text(byte[] bytes, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      byte b = bytes[i];
      if (b < 0 || length > MAX_LENGTH) {
        return shared(Utf8.strict(bytes, from, length));
      }
      hash = 31 * hash + b;
    }
    int home = home(hash);
    for (int i = 0; i < MAX_PROBES; i++) {
      String found = slots[slot(home, i)];
      if (found == null) {
        break;
      }
      if (equal(found, bytes, from, length)) {
        return found;
      }
    }
    return keep(new String(bytes, from, length, StandardCharsets.US_ASCII));
  }

  /** An equal text that came before, or this one from now on. */
  String shared(String text) {
    if (text.length() > MAX_LENGTH) {
      return text;
    }
    int home = home(text.hashCode());
    for (int i = 0; i < MAX_PROBES; i++) {
      String found = slots[slot(home, i)];
      if (found == null) {
        break;
      }
      if (found.equals(text)) {
        return found;
      }
    }
    return keep(text);
  }

  /** Half of the slots stay empty, so that a search usually ends soon. */
  private String keep(String text) {
    if (texts == MAX_TEXTS) {
      slots = new String[FIRST_SLOTS];
      texts = 0;
    }
    put(text);
    if (2 * texts > slots.length) {
      @Nullable String[] old = slots;
      slots = new String[2 * old.length];
      texts = 0;
      for (String one : old) {
        if (one != null) {
          put(one);
        }
      }
    }
    return text;
  }

  private void put(String text) {
    int home = home(text.hashCode());
    for (int i = 0; i < MAX_PROBES; i++) {
      if (slots[slot(home, i)] == null) {
        slots[slot(home, i)] = text;
        texts++;
        return;
      }
    }
    slots[home] = text;
  }

  /** {@code hash} is that of {@link String#hashCode()}, whose low bits are poor for short texts. */
  private int home(int hash) {
    return (hash * 0x9E3779B9) >>> (32 - Integer.numberOfTrailingZeros(slots.length));
  }

  private int slot(int home, int probe) {
    return (home + probe) & (slots.length - 1);
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

  private static boolean equal(String text, byte[] ascii, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != ascii[from + i]) {
        return false;
      }
    }
    return true;
  }
}
