package dev.freshet.selector;

import org.jspecify.annotations.Nullable;

/**
 * What the API server accepts as a label's key and value.
 *
 * <p>The rules are those of apimachinery {@code pkg/api/validate/content}: a key is an optional DNS
 * subdomain, a slash and a name; a value is empty or built like a name.
 */
final class LabelSyntax {

  /** Characters of the name in a key, and of a value. */
  static final int MAX_NAME_LENGTH = 63;

  /** Characters of the prefix of a key. */
  static final int MAX_PREFIX_LENGTH = 253;

  /** What is wrong with a text, and where in it. */
  record Fault(int at, String problem, String remedy) {}

  private static final String NAME_REMEDY =
      "Use letters, digits, '-', '_' and '.', with a letter or digit first and last.";
  private static final String PREFIX_REMEDY =
      "Use a DNS subdomain before the slash, as in example.com/name.";

  private LabelSyntax() {}

  /** The first fault of a key, or null if it is good. */
  static @Nullable Fault faultOfKey(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      return faultOfName(key, 0, "label key");
    }
    int secondSlash = key.indexOf('/', slash + 1);
    if (secondSlash >= 0) {
      return new Fault(secondSlash, "a second '/' in a label key", PREFIX_REMEDY);
    }
    Fault fault = faultOfPrefix(key.substring(0, slash));
    return fault != null ? fault : faultOfName(key, slash + 1, "name in a label key");
  }

  /** The first fault of a value, or null if it is good. */
  static @Nullable Fault faultOfValue(String value) {
    return value.isEmpty() ? null : faultOfName(value, 0, "label value");
  }

  /**
   * The value of a decimal 64-bit integer, or null if the text is none. Takes what Go's {@code
   * strconv.ParseInt} takes: ASCII digits with an optional sign.
   */
  static @Nullable Long integer(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    for (int i = signed ? 1 : 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return null;
      }
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Fault faultOfName(String text, int from, String what) {
    if (from == text.length()) {
      return new Fault(from, "an empty " + what, NAME_REMEDY);
    }
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean atEdge = i == from || i == text.length() - 1;
      if (!isLetter(c) && !isDigit(c) && (atEdge || (c != '-' && c != '_' && c != '.'))) {
        return new Fault(i, "a character that a " + what + " cannot have there", NAME_REMEDY);
      }
    }
    if (text.length() - from > MAX_NAME_LENGTH) {
      return new Fault(
          from + MAX_NAME_LENGTH,
          "a " + what + " longer than " + MAX_NAME_LENGTH + " characters",
          "Shorten it.");
    }
    return null;
  }

  private static @Nullable Fault faultOfPrefix(String prefix) {
    if (prefix.isEmpty()) {
      return new Fault(0, "an empty prefix in a label key", PREFIX_REMEDY);
    }
    for (int i = 0; i < prefix.length(); i++) {
      char c = prefix.charAt(i);
      boolean good = isDigit(c) || (c >= 'a' && c <= 'z');
      if (!good && (isEdgeOfDnsLabel(prefix, i) || (c != '-' && c != '.'))) {
        return new Fault(
            i, "a character that the prefix of a label key cannot have there", PREFIX_REMEDY);
      }
    }
    if (prefix.length() > MAX_PREFIX_LENGTH) {
      return new Fault(
          MAX_PREFIX_LENGTH,
          "a prefix of a label key longer than " + MAX_PREFIX_LENGTH + " characters",
          "Shorten it.");
    }
    return null;
  }

  /** Whether a character is first or last, or next to a dot other than being that dot. */
  private static boolean isEdgeOfDnsLabel(String prefix, int at) {
    if (at == 0 || at == prefix.length() - 1 || prefix.charAt(at - 1) == '.') {
      return true;
    }
    return prefix.charAt(at) != '.' && prefix.charAt(at + 1) == '.';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
