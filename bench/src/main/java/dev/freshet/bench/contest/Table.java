package dev.freshet.bench.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text, aligned for a terminal or as Markdown. The first column is to the left. */
final class Table {
  private static final int COLUMNS = 80;
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> head) {
    rows.add(List.copyOf(head));
  }

  void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /**
   * For a terminal. Rows that are wider than {@value #COLUMNS} characters begin with a line for
   * their first column alone.
   */
  String aligned() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    boolean wide = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) > COLUMNS;
    var text = new StringBuilder();
    for (List<String> row : rows) {
      String first = row.getFirst();
      text.append(wide ? first + '\n' : first + " ".repeat(widths[0] - first.length()));
      for (int i = 1; i < widths.length; i++) {
        text.append(GAP).append(" ".repeat(widths[i] - row.get(i).length())).append(row.get(i));
      }
      text.append('\n');
    }
    return text.toString();
  }

  String markdown() {
    var text = new StringBuilder();
    line(text, rows.getFirst());
    text.append("|---|").append("---:|".repeat(rows.getFirst().size() - 1)).append('\n');
    rows.stream().skip(1).forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> row) {
    text.append("| ").append(String.join(" | ", row)).append(" |\n");
  }
}
