package dev.freshet.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rows of text under headers, aligned as kubectl aligns them: three spaces between columns unless
 * said otherwise, none at the end of a line. For one thread.
 */
public final class Table {

  /** Between two columns. */
  static final String GAP = "   ";

  private final List<Header> headers;
  private final String gap;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * The top of a column.
   *
   * @param rightAligned for figures, so that their digits stand below each other
   */
  public record Header(String text, boolean rightAligned) {
    /** Of a column of words. */
    public static Header left(String text) {
      return new Header(text, false);
    }

    /** Of a column of figures. */
    public static Header right(String text) {
      return new Header(text, true);
    }
  }

  public Table(List<Header> headers) {
    this(headers, GAP);
  }

  /**
   * @param gap between two columns
   */
  public Table(List<Header> headers, String gap) {
    this.headers = List.copyOf(headers);
    this.gap = gap;
  }

  /** Adds a row with one cell for each header. */
  public void add(List<String> cells) {
    if (cells.size() != headers.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells for " + headers.size() + " columns: " + cells);
    }
    rows.add(List.copyOf(cells));
  }

  /** Prints all; {@code headerStyle} is put on the line of headers. */
  public void print(PrintStream out, UnaryOperator<String> headerStyle) {
    int[] widths = widths();
    out.println(headerStyle.apply(headerLine(widths)));
    for (List<String> row : rows) {
      out.println(line(row, widths));
      if (out.checkError()) {
        return; // Nobody reads any more, as under "| head".
      }
    }
  }

  /** The same as lines, the headers first. */
  public List<String> lines() {
    int[] widths = widths();
    List<String> lines = new ArrayList<>(List.of(headerLine(widths)));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String headerLine(int[] widths) {
    return line(headers.stream().map(Header::text).toList(), widths);
  }

  private int[] widths() {
    int[] widths = new int[headers.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(headers.get(i).text());
    }
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - width(cells.get(i)));
      boolean right = headers.get(i).rightAligned();
      line.append(i == 0 ? "" : gap)
          .append(right ? pad : "")
          .append(cells.get(i))
          .append(right ? "" : pad);
    }
    return line.toString().stripTrailing();
  }

  /** How many columns of a terminal a text takes, if none of its characters takes two. */
  public static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
