package dev.freshet.error;

/** A label or field selector that does not parse. */
public final class InvalidSelectorException extends FreshetException {

  private static final long serialVersionUID = 1L;

  private final String selector;
  private final int position;

  /**
   * @param position index of the offending character in {@code selector}, from 0; its length when
   *     the text ended too early
   */
  public InvalidSelectorException(String selector, int position, String problem, String remedy) {
    super(problem + " at character " + (position + 1) + " of \"" + selector + "\"", remedy, null);
    this.selector = selector;
    this.position = position;
  }

  /** The text that did not parse. */
  public String selector() {
    return selector;
  }

  /** Index of the offending character, from 0. */
  public int position() {
    return position;
  }
}
