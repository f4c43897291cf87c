package dev.freshet.cli.output;

import dev.freshet.Row;
import dev.freshet.cli.output.Table.Header;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Prints what was read in one of the formats of {@code -o}. For one thread. */
public final class ObjectPrinter {

  private final ResourceType type;
  private final PrintStream out;
  private final UnaryOperator<String> headerStyle;
  private final Columns columns;

  /**
   * @param headerStyle put on the line of headers of a table
   * @param clock tells the time that ages count from
   */
  public ObjectPrinter(
      ResourceType type, PrintStream out, UnaryOperator<String> headerStyle, InstantSource clock) {
    this.type = type;
    this.out = out;
    this.headerStyle = headerStyle;
    this.columns = new Columns(new Ages(clock));
  }

  /**
   * Prints a list. An empty table is not printed.
   *
   * @param namespaces whether a table names the namespace of each row
   */
  public void list(
      List<Row<GenericKubernetesResource>> rows,
      ResourceVersion version,
      OutputFormat format,
      boolean namespaces) {
    switch (format) {
      case TABLE -> table(rows, namespaces, false);
      case WIDE -> table(rows, namespaces, true);
      case NAME -> rows.forEach(this::name);
      case JSON -> ObjectText.json().list(out, rows, version);
      case YAML -> ObjectText.yaml().list(out, rows, version);
    }
  }

  /** Prints one object. */
  public void one(Row<GenericKubernetesResource> row, OutputFormat format) {
    switch (format) {
      case TABLE -> table(List.of(row), false, false);
      case WIDE -> table(List.of(row), false, true);
      case NAME -> name(row);
      case JSON -> ObjectText.json().one(out, row);
      case YAML -> ObjectText.yaml().one(out, row);
    }
  }

  private void name(Row<?> row) {
    out.println(name(type, row));
  }

  /** The kind and the name, as {@code -o name} has them. */
  static String name(ResourceType type, Row<?> row) {
    String singular = type.kind().toLowerCase(Locale.ROOT);
    return singular + (type.group().isEmpty() ? "" : "." + type.group()) + "/" + row.name();
  }

  private void table(List<? extends Row<?>> rows, boolean namespaces, boolean wide) {
    if (rows.isEmpty()) {
      return;
    }
    List<Column> shown = new ArrayList<>();
    if (namespaces) {
      shown.add(Column.of("NAMESPACE", Fields::namespace));
    }
    columns.of(type).stream().filter(column -> wide || !column.wide()).forEach(shown::add);
    var table = new Table(shown.stream().map(column -> Header.left(column.header())).toList());
    for (Row<?> row : rows) {
      var fields = new Fields(row);
      table.add(shown.stream().map(column -> column.value().apply(fields)).toList());
    }
    table.print(out, headerStyle);
  }
}
