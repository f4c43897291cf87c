package dev.freshet.selector;

/**
 * Cuts the text of a label selector into symbols and words. A piece of {@link LabelSelectorParser}.
 */
final class LabelLexer {

  /** Kinds of token; {@code in} and {@code notin} are words, since they may be keys and values. */
  enum Kind {
    WORD,
    COMMA,
    OPEN,
    CLOSE,
    NOT,
    EQUAL,
    NOT_EQUAL,
    GREATER,
    LESS,
    END
  }

  /**
   * @param at index of the first character
   * @param text as written; empty for the end
   */
  record Token(Kind kind, int at, String text) {}

  private final String selector;
  private int at;

  LabelLexer(String selector) {
    this.selector = selector;
  }

  /** The next token; {@code END} again and again once the text is used up. */
  Token next() {
    while (at < selector.length() && isSpace(selector.charAt(at))) {
      at++;
    }
    if (at == selector.length()) {
      return new Token(Kind.END, at, "");
    }
    Kind symbol = symbolAt(at);
    return symbol == Kind.WORD ? word() : symbol(symbol);
  }

  private Token symbol(Kind first) {
    int start = at++;
    boolean equalsFollows = at < selector.length() && selector.charAt(at) == '=';
    if (equalsFollows && (first == Kind.NOT || first == Kind.EQUAL)) {
      at++;
      Kind kind = first == Kind.NOT ? Kind.NOT_EQUAL : Kind.EQUAL;
      return new Token(kind, start, selector.substring(start, at));
    }
    return new Token(first, start, selector.substring(start, at));
  }

  private Token word() {
    int start = at;
    while (at < selector.length() && symbolAt(at) == Kind.WORD && !isSpace(selector.charAt(at))) {
      at++;
    }
    return new Token(Kind.WORD, start, selector.substring(start, at));
  }

  private Kind symbolAt(int index) {
    return switch (selector.charAt(index)) {
      case ',' -> Kind.COMMA;
      case '(' -> Kind.OPEN;
      case ')' -> Kind.CLOSE;
      case '!' -> Kind.NOT;
      case '=' -> Kind.EQUAL;
      case '>' -> Kind.GREATER;
      case '<' -> Kind.LESS;
      default -> Kind.WORD;
    };
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
