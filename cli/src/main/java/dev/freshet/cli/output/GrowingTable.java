package dev.freshet.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A table whose rows are not known when its first is printed: each column is as wide as its widest
 * cell so far. Headers come with the first row. For one thread.
 */
public final class GrowingTable {

  private final PrintStream out;
  private final List<String> headers;
  private final UnaryOperator<String> headerStyle;
  private final int[] widths;
  private final List<List<String>> gathered = new ArrayList<>();
  private boolean begun;

  /**
   * @param headerStyle put on the line of headers
   */
  public GrowingTable(PrintStream out, List<String> headers, UnaryOperator<String> headerStyle) {
    this.out = out;
    this.headers = List.copyOf(headers);
    this.headerStyle = headerStyle;
    this.widths = new int[headers.size()];
    widen(headers);
  }

  /** Makes a column wide enough for a text that is sure to come. */
  void reserve(int column, String text) {
    widths[column] = Math.max(widths[column], Table.width(text));
  }

  /** Adds a row with one cell for each header. */
  public void add(List<String> cells) {
    widen(cells);
    gathered.add(List.copyOf(cells));
  }

  private void widen(List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      reserve(i, cells.get(i));
    }
  }

  /** How many rows wait to be printed. */
  int gathered() {
    return gathered.size();
  }

  /** Prints the rows added since the last time. */
  public void print() {
    if (gathered.isEmpty()) {
      return;
    }
    if (!begun) {
      begun = true;
      out.println(headerStyle.apply(line(headers)));
    }
    gathered.forEach(row -> out.println(line(row)));
    gathered.clear();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "" : Table.GAP)
          .append(cells.get(i))
          .append(" ".repeat(widths[i] - Table.width(cells.get(i))));
    }
    return line.toString().stripTrailing();
  }
}
