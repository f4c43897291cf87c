package dev.freshet.codec;

import dev.freshet.protobuf.Utf8;
import tools.jackson.core.JsonParser;

/**
 * Texts that came before, so that rows share them: label keys and values, namespaces, owners. Holds
 * at most {@value #MAX_TEXTS} texts of at most {@value #MAX_LENGTH} characters; one that reads
 * bytes holds them as well, which is some 1.5 MB at most for texts as long as they usually are.
 */
final class Symbols extends Repeats<String> {

  /** 20,000 Pods of 200 workloads have a few thousand. */
  static final int MAX_TEXTS = 1 << 14;

  /** Characters of a text that is worth keeping; longer ones rarely repeat. */
  static final int MAX_LENGTH = 256;

  Symbols() {
    super(MAX_TEXTS, MAX_LENGTH);
  }

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
    for (int i = 0; i < MAX_PROBES && !isFree(slot(home, i)); i++) {
      if (inSlot(slot(home, i), hash) instanceof String found
          && equal(found, characters, from, length)) {
        return found;
      }
    }
    return keep(hash, new String(characters, from, length), null);
  }

  /** The text of some bytes, which must be UTF-8. */
  String text(byte[] bytes, int from, int length) {
    String found = find(bytes, from, length);
    return found != null
        ? found
        : keepMissed(bytes, from, length, Utf8.strict(bytes, from, length));
  }

  /** An equal text that came before from the parser, or this one from now on. */
  String shared(String text) {
    if (text.length() > MAX_LENGTH) {
      return text;
    }
    int hash = text.hashCode();
    int home = home(hash);
    for (int i = 0; i < MAX_PROBES && !isFree(slot(home, i)); i++) {
      if (inSlot(slot(home, i), hash) instanceof String found && found.equals(text)) {
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
}
