package dev.freshet.cli.top;

import dev.freshet.cli.output.Table;
import dev.freshet.cli.output.Table.Header;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table that is made to fit: columns of little importance go, and words are cut.
 *
 * @param rowsAre what its rows are, for the line that says how many are not shown
 */
record Panel(String rowsAre, List<Column> columns, List<Row> rows) {

  /** Two columns of 80 are dear. */
  private static final String GAP = "  ";

  /** A name is told from others by all of it. */
  private static final int LEAST_NAME = 24;

  private static final int LEAST_WORDS = 12;

  private static final String CUT = "…";

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  /**
   * One column.
   *
   * @param rank the higher the sooner it goes; at 0 it stays
   * @param least how long its cells may be before they are cut
   */
  record Column(Header header, int rank, int least) {

    /** Of figures, which are not cut. */
    static Column figure(Header header, int rank) {
      return new Column(header, rank, Integer.MAX_VALUE);
    }

    static Column figure(String header, int rank) {
      return figure(Header.right(header), rank);
    }

    static Column name(String header) {
      return new Column(Header.left(header), 0, LEAST_NAME);
    }

    static Column words(String header, int rank) {
      return new Column(Header.left(header), rank, LEAST_WORDS);
    }
  }

  /**
   * One row.
   *
   * @param weight how important it is; 0 if nothing goes on there
   */
  record Row(List<String> cells, double weight) {}

  Panel {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The same without one of its rows. */
  Panel withoutRow(int row) {
    List<Row> others = new ArrayList<>(rows);
    others.remove(row);
    return new Panel(rowsAre, columns, others);
  }

  /** The same without some columns, by their headers. */
  Panel withoutColumns(Set<String> headers) {
    List<Integer> kept =
        IntStream.range(0, columns.size())
            .filter(i -> !headers.contains(columns.get(i).header().text()))
            .boxed()
            .toList();
    return new Panel(
        rowsAre,
        kept.stream().map(columns::get).toList(),
        rows.stream()
            .map(row -> new Row(kept.stream().map(row.cells()::get).toList(), row.weight()))
            .toList());
  }

  /** The headers and a line for each row, none wider than that if the columns can be made so. */
  List<String> lines(int width) {
    int[] natural = IntStream.range(0, columns.size()).map(this::natural).toArray();
    List<Integer> kept = new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
    while (least(kept, natural) > width && dispensable(kept) >= 0) {
      kept.remove(Integer.valueOf(dispensable(kept)));
    }
    int[] widths = widths(kept, natural, width);
    var table = new Table(kept.stream().map(i -> columns.get(i).header()).toList(), GAP);
    for (Row row : rows) {
      table.add(kept.stream().map(i -> cut(row.cells().get(i), widths[i])).toList());
    }
    return table.lines().stream().map(line -> cut(line, width)).toList();
  }

  private int natural(int column) {
    return Math.max(
        Table.width(columns.get(column).header().text()),
        rows.stream().mapToInt(row -> Table.width(row.cells().get(column))).max().orElse(0));
  }

  private int least(int column, int natural) {
    return Math.min(natural, columns.get(column).least());
  }

  private int least(List<Integer> kept, int[] natural) {
    return kept.stream().mapToInt(i -> least(i, natural[i])).sum()
        + GAP.length() * (kept.size() - 1);
  }

  /** The column to go next, of equals the last; -1 if all are needed. */
  private int dispensable(List<Integer> kept) {
    return kept.stream()
        .filter(i -> columns.get(i).rank() > 0)
        .max(Comparator.<Integer>comparingInt(i -> columns.get(i).rank()).thenComparing(i -> i))
        .orElse(-1);
  }

  /** What is left over goes to the columns that are cut, the first of them first. */
  private int[] widths(List<Integer> kept, int[] natural, int width) {
    int[] widths = natural.clone();
    int spare = Math.max(0, width - least(kept, natural));
    for (int i : kept) {
      int more = Math.min(spare, natural[i] - least(i, natural[i]));
      widths[i] = least(i, natural[i]) + more;
      spare -= more;
    }
    return widths;
  }

  /**
   * A text of at most so many characters; one that is longer says so at its end. Names come from
   * others, so that what would move the cursor is no part of it.
   */
  static String cut(String text, int width) {
    String plain = CONTROL.matcher(text).replaceAll("?");
    return Table.width(plain) <= width
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, Math.max(0, width - 1))) + CUT;
  }
}
