package dev.freshet.cli.staleness;

import dev.freshet.cli.output.Ages;
import dev.freshet.cli.output.Table.Header;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A look as the cells of a table; all but the last column fit 80 columns. */
public final class StalenessLine {

  private static final long MILLIS_PER_SECOND = 1_000;
  private static final Duration FINE = Duration.ofSeconds(100);

  /** What is not known, and so is not zero. */
  private static final String UNKNOWN = "?";

  private StalenessLine() {}

  public static List<Header> headers() {
    return List.of(
        Header.left("KIND"),
        Header.right("HEAD"),
        Header.right("FRONTIER"),
        Header.right("BEHIND"),
        Header.right("EVENTS/S"),
        Header.right("BOOKMARK"),
        Header.left("WHY"));
  }

  public static List<String> cells(Staleness look) {
    return List.of(
        look.kind(),
        look.head().map(Object::toString).orElse(UNKNOWN),
        look.frontier().map(Object::toString).orElse("none"),
        look.behindAtMost().map(StalenessLine::fine).orElse(UNKNOWN),
        rate(look.eventsPerSecond()),
        look.lastBookmark().map(Ages::format).orElse("none"),
        look.why());
  }

  static String fine(Duration length) {
    return length.compareTo(FINE) < 0
        ? String.format(Locale.ROOT, "%.2fs", (double) length.toMillis() / MILLIS_PER_SECOND)
        : Ages.format(length);
  }

  private static String rate(OptionalDouble perSecond) {
    return perSecond.isEmpty()
        ? UNKNOWN
        : String.format(Locale.ROOT, "%.1f", perSecond.getAsDouble());
  }
}
