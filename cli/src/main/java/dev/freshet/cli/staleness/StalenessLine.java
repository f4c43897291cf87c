package dev.freshet.cli.staleness;

import dev.freshet.cli.output.Ages;
import dev.freshet.cli.output.Amounts;
import dev.freshet.cli.output.Table.Header;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A look as the cells of a table; all but the last column fit 80 columns. */
public final class StalenessLine {

  private static final long MILLIS_PER_SECOND = 1_000;
  private static final Duration FINE = Duration.ofSeconds(100);

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
        look.head().map(Object::toString).orElse(Amounts.UNKNOWN),
        look.frontier().map(Object::toString).orElse("none"),
        look.behindAtMost().map(StalenessLine::fine).orElse(Amounts.UNKNOWN),
        Amounts.perSecond(look.eventsPerSecond()),
        look.lastBookmark().map(Ages::format).orElse("none"),
        look.why());
  }

  static String fine(Duration length) {
    return length.compareTo(FINE) < 0
        ? String.format(Locale.ROOT, "%.2fs", (double) length.toMillis() / MILLIS_PER_SECOND)
        : Ages.format(length);
  }
}
