package dev.freshet.bench.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text, aligned for a terminal or as Markdown. The first column is to the left. */
final class Table {
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

  String aligned() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    var text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - row.get(i).length());
        text.append(i == 0 ? row.get(i) + space : "  " + space + row.get(i));
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
