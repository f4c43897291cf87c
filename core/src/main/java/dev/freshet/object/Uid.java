package dev.freshet.object;

import java.nio.charset.StandardCharsets;

/** The texts that the API server gives as UIDs, as two numbers: a third of their memory. */
final class Uid {

  private static final int LENGTH = 36;
  private static final String HEX = "0123456789abcdef";

  private Uid() {}

  /** Whether a text is a UUID in the form that {@link #text} writes, and so can be two numbers. */
  static boolean isCanonical(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean fits = isDash(i) ? c == '-' : isHex(c);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** The first 16 digits of a canonical one. */
  static long high(String text) {
    return number(text, 0, 18);
  }

  /** The last 16 digits of a canonical one. */
  static long low(String text) {
    return number(text, 18, LENGTH);
  }

  private static long number(String text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      if (!isDash(i)) {
        number = number << 4 | Character.digit(text.charAt(i), 16);
      }
    }
    return number;
  }

  static String text(long high, long low) {
    byte[] text = new byte[LENGTH];
    long digits = high;
    int left = 16;
    for (int i = 0; i < LENGTH; i++) {
      if (isDash(i)) {
        text[i] = '-';
        continue;
      }
      if (left == 0) {
        digits = low;
        left = 16;
      }
      left--;
      text[i] = (byte) HEX.charAt((int) (digits >>> (left << 2)) & 0xF);
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static boolean isDash(int at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
