package dev.freshet.transport;

/** The User-Agent header: this library, and on whose behalf it asks. */
final class UserAgent {

  /** Longest caller name that is sent; what is beyond is cut off. */
  static final int CALLER_MAX_CHARS = 63;

  private UserAgent() {}

  /**
   * {@code product (caller=name)}; the name's control, non-ASCII and bracket characters become
   * {@code _}.
   */
  static String of(String product, String caller) {
    if (caller.isEmpty()) {
      return product;
    }
    var name = new StringBuilder();
    caller
        .codePoints()
        .limit(CALLER_MAX_CHARS)
        .forEach(c -> name.append(isSafe(c) ? (char) c : '_'));
    return product + " (caller=" + name + ")";
  }

  // Brackets and the backslash have a meaning inside a User-Agent comment.
  private static boolean isSafe(int c) {
    return c >= ' ' && c <= '~' && c != '(' && c != ')' && c != '\\';
  }
}
