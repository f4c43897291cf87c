package dev.freshet.cli;

import dev.freshet.Token;
import dev.freshet.error.InvalidTokenException;

/** Tokens as they are typed and handed on. */
final class TokenText {

  /** The token that the commands of one shell hand to each other. */
  static final String VARIABLE = "FRESHET_TOKEN";

  private static final String WHERE_FROM =
      "\"freshet list KIND --print-token\" prints one, and so does Session.token().encode().";

  private TokenText() {}

  /**
   * The token in the value of a level.
   *
   * @throws BadValueException if there is none
   */
  static Token ofOption(String level, String text) {
    if (text.isBlank()) {
      throw new BadValueException(level + " needs a token: " + level + "=TOKEN", WHERE_FROM);
    }
    return parse(text, "");
  }

  /**
   * A token from anywhere.
   *
   * @param where it stood, with a colon; empty if that is plain
   * @throws BadValueException if it is none
   */
  static Token parse(String text, String where) {
    try {
      return Token.parse(text.strip());
    } catch (InvalidTokenException e) {
      throw new BadValueException(where + e.problem(), e.remedy() + " " + WHERE_FROM);
    }
  }
}
