package dev.freshet.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * A whole terminal that is drawn over itself: on the alternate screen, so that what was there
 * before is there again afterwards, with the last frame below it. For one thread.
 */
final class Screen implements AutoCloseable {

  private static final String ALTERNATE = "\033[?1049h";
  private static final String NORMAL = "\033[?1049l";
  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  private static final String NO_WRAP = "\033[?7l";
  private static final String WRAP = "\033[?7h";
  private static final String TOP_LEFT = "\033[H";
  private static final String CLEAR_TO_END_OF_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  private final PrintStream out;
  private List<String> last = List.of();

  private Screen(PrintStream out) {
    this.out = out;
  }

  /** Takes the terminal until this is closed. */
  static Screen take(PrintStream out) {
    out.print(ALTERNATE + HIDE_CURSOR + NO_WRAP);
    out.flush();
    return new Screen(out);
  }

  /** Draws a frame over the last one, in one write so that it does not flicker. */
  void draw(List<String> frame) {
    StringBuilder text = new StringBuilder(TOP_LEFT);
    for (int i = 0; i < frame.size(); i++) {
      boolean isLast = i == frame.size() - 1;
      // Cleared before it is written: at the end of a full line the cursor is on its last
      // character.
      text.append(isLast ? CLEAR_BELOW : CLEAR_TO_END_OF_LINE).append(frame.get(i));
      // No line feed after the last line: on a full screen it would scroll.
      text.append(isLast ? "" : "\r\n");
    }
    out.print(text);
    out.flush();
    last = frame;
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() {
    out.print(WRAP + SHOW_CURSOR + NORMAL);
    last.forEach(out::println);
    out.flush();
  }
}
