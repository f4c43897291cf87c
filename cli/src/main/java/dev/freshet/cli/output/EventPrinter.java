package dev.freshet.cli.output;

import dev.freshet.Row;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Prints events as they come, one line or document each. The first rows of a table are gathered, so
 * that its columns fit them; later ones make a column wider when they must. Thread-safe.
 */
public final class EventPrinter {

  /** Rows that are gathered before the first is printed. */
  private static final int MAX_GATHERED = 500;

  private final ResourceType type;
  private final PrintStream out;
  private final OutputFormat format;
  private final List<Column> shown = new ArrayList<>();
  private final GrowingTable table;
  private final ReentrantLock lock = new ReentrantLock();

  /** What happened to an object, as kubectl writes it. */
  public enum Event {
    ADDED,
    MODIFIED,
    DELETED
  }

  /**
   * @param headerStyle put on the line of headers of a table
   * @param clock tells the time that ages count from
   * @param namespaces whether a table names the namespace of each row
   */
  public EventPrinter(
      ResourceType type,
      PrintStream out,
      UnaryOperator<String> headerStyle,
      InstantSource clock,
      OutputFormat format,
      boolean namespaces) {
    this.type = type;
    this.out = out;
    this.format = format;
    if (namespaces) {
      shown.add(Column.of("NAMESPACE", Fields::namespace));
    }
    new Columns(new Ages(clock))
        .of(type).stream()
            .filter(column -> format == OutputFormat.WIDE || !column.wide())
            .forEach(shown::add);
    List<String> headers = new ArrayList<>(List.of("EVENT"));
    shown.forEach(column -> headers.add(column.header()));
    this.table = new GrowingTable(out, headers, headerStyle);
    table.reserve(0, Event.MODIFIED.name());
  }

  /**
   * Prints one event.
   *
   * @param more whether others are sure to follow at once
   */
  public void print(Event event, Row<GenericKubernetesResource> row, boolean more) {
    lock.lock();
    try {
      switch (format) {
        case TABLE, WIDE -> {
          table.add(cells(event, row));
          if (!more || table.gathered() >= MAX_GATHERED) {
            table.print();
          }
        }
        case NAME -> out.println(event + " " + ObjectPrinter.name(type, row));
        case JSON -> ObjectText.jsonLine().event(out, event.name(), row);
        case YAML -> {
          out.println("---");
          ObjectText.yaml().event(out, event.name(), row);
        }
      }
      if (!more) {
        out.flush();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<String> cells(Event event, Row<?> row) {
    Fields fields = new Fields(row);
    List<String> cells = new ArrayList<>();
    cells.add(event.name());
    shown.forEach(column -> cells.add(column.value().apply(fields)));
    return cells;
  }

  /** Prints what is gathered. */
  public void flush() {
    lock.lock();
    try {
      table.print();
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody reads any more, as under {@code | head}. */
  public boolean isDeaf() {
    return out.checkError();
  }
}
