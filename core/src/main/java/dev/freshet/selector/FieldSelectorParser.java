package dev.freshet.selector;

import dev.freshet.error.InvalidSelectorException;
import dev.freshet.selector.FieldSelector.Term;
import java.util.ArrayList;
import java.util.List;

/** Reads field selectors as the API server does (apimachinery {@code pkg/fields}). */
final class FieldSelectorParser {

  private static final String ESCAPES = "Write \\\\ for a backslash, \\, for a comma, \\= for '='.";

  private final String selector;

  private FieldSelectorParser(String selector) {
    this.selector = selector;
  }

  static List<Term> parse(String selector) {
    return new FieldSelectorParser(selector).terms();
  }

  private List<Term> terms() {
    List<Term> terms = new ArrayList<>();
    int start = 0;
    while (start <= selector.length()) {
      int end = endOfTerm(start);
      if (end > start) {
        Term term = term(start, end);
        // The server passes over a term that says nothing at all, "=" or "!=".
        if (!term.path().isEmpty() || !term.value().isEmpty()) {
          terms.add(term);
        }
      }
      start = end + 1;
    }
    return terms;
  }

  /** The next comma that no backslash precedes, or the end. */
  private int endOfTerm(int start) {
    for (int i = start; i < selector.length(); i++) {
      char c = selector.charAt(i);
      if (c == ',') {
        return i;
      }
      if (c == '\\') {
        i++;
      }
    }
    return selector.length();
  }

  /** Paths know no escapes: the first operator ends the path. */
  private Term term(int start, int end) {
    int equal = selector.indexOf('=', start);
    if (equal < 0 || equal >= end) {
      throw new InvalidSelectorException(
          selector,
          start,
          "a term without an operator",
          "Write path=value or path!=value; in, notin and bare names are for labels only.");
    }
    boolean negated = equal > start && selector.charAt(equal - 1) == '!';
    boolean doubled = !negated && equal + 1 < end && selector.charAt(equal + 1) == '=';
    String path = selector.substring(start, negated ? equal - 1 : equal);
    return new Term(path, value(doubled ? equal + 2 : equal + 1, end), negated);
  }

  private String value(int start, int end) {
    StringBuilder value = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = selector.charAt(i);
      if (c == '=') {
        throw new InvalidSelectorException(selector, i, "an unescaped '=' in a value", ESCAPES);
      }
      if (c == '\\') {
        i++;
        if (i == end || "\\,=".indexOf(selector.charAt(i)) < 0) {
          throw new InvalidSelectorException(
              selector, i - 1, "a backslash that escapes nothing", ESCAPES);
        }
        c = selector.charAt(i);
      }
      value.append(c);
    }
    return value.toString();
  }
}
