package dev.freshet.selector;

import dev.freshet.error.InvalidSelectorException;
import dev.freshet.selector.LabelLexer.Kind;
import dev.freshet.selector.LabelLexer.Token;
import dev.freshet.selector.LabelSyntax.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads label selectors as the API server does (apimachinery {@code pkg/labels}).
 *
 * <p>One difference: a NUL character is refused, where the server would silently read no further.
 */
final class LabelSelectorParser {

  private static final String GRAMMAR =
      "A selector is a comma-separated list of k=v, k!=v, k in (a,b), k notin (a,b), k, !k, k>1,"
          + " k<1.";

  private final String selector;
  private final LabelLexer lexer;
  private Token token;

  private LabelSelectorParser(String selector) {
    this.selector = selector;
    this.lexer = new LabelLexer(selector);
    this.token = lexer.next();
  }

  static List<Requirement> parse(String selector) {
    return new LabelSelectorParser(selector).requirements();
  }

  private List<Requirement> requirements() {
    List<Requirement> requirements = new ArrayList<>();
    if (token.kind() == Kind.END) {
      return requirements;
    }
    requirements.add(requirement());
    while (token.kind() == Kind.COMMA) {
      advance();
      requirements.add(requirement());
    }
    if (token.kind() != Kind.END) {
      throw unexpected("',' or the end");
    }
    return requirements;
  }

  private Requirement requirement() {
    if (token.kind() == Kind.NOT) {
      advance();
      return new Requirement.Absent(key());
    }
    String key = key();
    return switch (token.kind()) {
      case END, COMMA -> new Requirement.Exists(key);
      case EQUAL -> new Requirement.In(key, List.of(valueAfterOperator()));
      case NOT_EQUAL -> new Requirement.NotIn(key, List.of(valueAfterOperator()));
      case GREATER -> new Requirement.GreaterThan(key, integerAfterOperator());
      case LESS -> new Requirement.LessThan(key, integerAfterOperator());
      case WORD -> setRequirement(key);
      case OPEN, CLOSE, NOT -> throw unexpectedOperator();
    };
  }

  private Requirement setRequirement(String key) {
    return switch (token.text()) {
      case "in" -> new Requirement.In(key, valuesAfterOperator());
      case "notin" -> new Requirement.NotIn(key, valuesAfterOperator());
      default -> throw unexpectedOperator();
    };
  }

  private String key() {
    if (token.kind() != Kind.WORD) {
      throw unexpected("a label key");
    }
    refuse(LabelSyntax.faultOfKey(token.text()));
    return advance().text();
  }

  /** The value after {@code =} and its like; nothing written means the empty value. */
  private String valueAfterOperator() {
    advance();
    return switch (token.kind()) {
      case END, COMMA -> "";
      case WORD -> value();
      case OPEN, CLOSE, NOT, EQUAL, NOT_EQUAL, GREATER, LESS -> throw unexpected("a value");
    };
  }

  private long integerAfterOperator() {
    advance();
    Long bound = token.kind() == Kind.WORD ? LabelSyntax.integer(token.text()) : null;
    if (bound == null) {
      throw unexpected("a 64-bit integer");
    }
    value();
    return bound;
  }

  private List<String> valuesAfterOperator() {
    advance();
    if (token.kind() != Kind.OPEN) {
      throw unexpected("'('");
    }
    List<String> values = new ArrayList<>();
    do {
      advance();
      values.add(token.kind() == Kind.WORD ? value() : "");
    } while (token.kind() == Kind.COMMA);
    if (token.kind() != Kind.CLOSE) {
      throw unexpected("',' or ')'");
    }
    advance();
    return values;
  }

  private String value() {
    refuse(LabelSyntax.faultOfValue(token.text()));
    return advance().text();
  }

  /** Moves on and returns the token left behind. */
  private Token advance() {
    Token left = token;
    token = lexer.next();
    return left;
  }

  private void refuse(@Nullable Fault fault) {
    if (fault != null) {
      throw new InvalidSelectorException(
          selector, token.at() + fault.at(), fault.problem(), fault.remedy());
    }
  }

  private InvalidSelectorException unexpectedOperator() {
    return unexpected("one of ',', '=', '==', '!=', '>', '<', in, notin");
  }

  private InvalidSelectorException unexpected(String expected) {
    String found = token.kind() == Kind.END ? "the end" : "'" + token.text() + "'";
    return new InvalidSelectorException(
        selector, token.at(), "found " + found + " where " + expected + " belongs", GRAMMAR);
  }
}
