package dev.freshet.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Texts that came before, so that rows share them: label keys and values, namespaces, owners.
 *
 * <p>Holds at most {@value #SLOTS} texts of at most {@value #MAX_LENGTH} characters. Sharing is
 * best effort: a text has two slots to be in, and when both are taken it replaces one, so a text
 * that was pushed out is made anew. Nothing fails and nothing grows. For one thread.
 */
final class Symbols {

  /** Texts held; a power of two. 20,000 Pods of 200 workloads have a few thousand. */
  static final int SLOTS = 1 << 14;

  /** Characters of a text that is worth keeping; longer ones rarely repeat. */
  static final int MAX_LENGTH = 256;

  private final @Nullable String[] slots = new String[SLOTS];

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
    int slot = slot(hash);
    String first = slots[slot];
    if (first != null && equal(first, characters, from, length)) {
      return first;
    }
    String second = slots[slot ^ 1];
    if (second != null && equal(second, characters, from, length)) {
      return second;
    }
    return keep(slot, new String(characters, from, length));
  }

  /** An equal text that came before, or this one from now on. */
  String shared(String text) {
    if (text.length() > MAX_LENGTH) {
      return text;
    }
    int slot = slot(text.hashCode());
    String first = slots[slot];
    if (first != null && first.equals(text)) {
      return first;
    }
    String second = slots[slot ^ 1];
    if (second != null && second.equals(text)) {
      return second;
    }
    return keep(slot, text);
  }

  /** The newcomer takes the first slot, its occupant moves to the second: the older one goes. */
  private String keep(int slot, String text) {
    slots[slot ^ 1] = slots[slot];
    slots[slot] = text;
    return text;
  }

  /** {@code hash} is that of {@link String#hashCode()}, whose low bits are poor for short texts. */
  private static int slot(int hash) {
    return (hash * 0x9E3779B9) >>> (32 - Integer.numberOfTrailingZeros(SLOTS));
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
}
