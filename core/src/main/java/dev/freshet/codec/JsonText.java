package dev.freshet.codec;

import java.nio.charset.StandardCharsets;

/** The value of a JSON string. A piece of {@link JsonField}. */
final class JsonText {

  private JsonText() {}

  /** Decodes what stands between the quotes, which is well-formed. */
  static String decode(byte[] json, int from, int to) {
    String raw = new String(json, from, to - from, StandardCharsets.UTF_8);
    int escape = raw.indexOf('\\');
    if (escape < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int at = 0;
    while (escape >= 0) {
      text.append(raw, at, escape);
      char kind = raw.charAt(escape + 1);
      if (kind == 'u') {
        text.append((char) Integer.parseInt(raw, escape + 2, escape + 6, 16));
        at = escape + 6;
      } else {
        text.append(unescaped(kind));
        at = escape + 2;
      }
      escape = raw.indexOf('\\', at);
    }
    return text.append(raw, at, raw.length()).toString();
  }

  private static char unescaped(char kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }
}
