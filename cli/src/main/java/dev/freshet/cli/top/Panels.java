package dev.freshet.cli.top;

import dev.freshet.cli.output.Amounts;
import dev.freshet.cli.output.Table.Header;
import dev.freshet.cli.staleness.Staleness;
import dev.freshet.cli.staleness.StalenessLine;
import dev.freshet.cli.top.Inside.KindLoad;
import dev.freshet.cli.top.Inside.PriorityLevel;
import dev.freshet.cli.top.Panel.Column;
import dev.freshet.cli.top.Panel.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables of a frame, as wide as they would like to be. */
final class Panels {

  /** What is behind, refused or waits is shown before anything that is only busy. */
  private static final double URGENT = 1e9;

  /** Kinds were asked for by name, and callers were not. */
  private static final double NAMED = 1e6;

  private static final double PERCENT = 100;

  private Panels() {}

  /** Caches, as {@code freshet staleness} shows them, with what they hold. */
  static Panel kinds(Look look) {
    List<Column> columns = new ArrayList<>();
    for (Header header : StalenessLine.headers()) {
      columns.add(
          switch (header.text()) {
            case "KIND" -> Column.name("KIND");
            case "WHY" -> Column.words("WHY", 0);
            case "BOOKMARK" -> Column.figure(header, 3);
            case "HEAD" -> Column.figure(header, 2);
            case "FRONTIER" -> Column.figure(header, 1);
            default -> Column.figure(header, 0);
          });
    }
    columns.addAll(
        columns.size() - 1,
        List.of(
            Column.figure("READS/S", 0), Column.figure("OBJECTS", 0), Column.figure("BYTES", 0)));
    var panel = new Panel("kinds", columns, look.kinds().stream().map(Panels::kind).toList());
    return look.own() ? panel : panel.withoutColumns(Set.of("HEAD", "BOOKMARK"));
  }

  private static Row kind(Look.Kind kind) {
    Staleness cache = kind.staleness();
    List<String> cells = new ArrayList<>(StalenessLine.cells(cache));
    cells.addAll(
        cells.size() - 1,
        List.of(
            Amounts.perSecond(kind.reads()),
            String.format(Locale.ROOT, "%,d", cache.objects()),
            Amounts.bytes(cache.bytes())));
    boolean well = cache.behindAtMost().isPresent() && !cache.why().startsWith("ALARM");
    return new Row(cells, (well ? 0 : URGENT) + NAMED + kind.reads().orElse(0));
  }

  static Panel callers(Look look) {
    var panel =
        new Panel(
            "callers",
            List.of(
                Column.name("CALLER"),
                Column.figure("READS/S", 0),
                Column.figure("REQUESTS/S", 0),
                Column.figure("BYTES/S", 0),
                Column.figure("IN FLIGHT", 1),
                Column.figure("WAITING", 0),
                Column.figure("OVER/S", 0),
                Column.figure("REFUSED/S", 0),
                Column.figure("BUDGET", 0)),
            look.callers().stream().map(Panels::caller).toList());
    return look.own() ? panel : panel.withoutColumns(Set.of("READS/S", "BUDGET"));
  }

  private static Row caller(Look.Caller caller) {
    List<String> cells =
        List.of(
            caller.name(),
            Amounts.perSecond(caller.reads()),
            Amounts.perSecond(caller.requests()),
            Amounts.bytes(caller.bytes()),
            Integer.toString(caller.inFlight()),
            Integer.toString(caller.waiting()),
            Amounts.perSecond(caller.overBudget()),
            Amounts.perSecond(caller.refused()),
            percent(caller.budgetShare()));
    double urgent =
        caller.waiting() + caller.overBudget().orElse(0) + caller.refused().orElse(0) > 0
            ? URGENT
            : 0;
    return new Row(cells, urgent + caller.requests().orElse(0));
  }

  private static String percent(OptionalDouble share) {
    return share.isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%.0f%%", share.getAsDouble() * PERCENT);
  }

  static Panel levels(Inside.Shown inside) {
    return new Panel(
        "priority levels",
        List.of(
            Column.name("PRIORITY LEVEL"),
            Column.figure("SEATS", 0),
            Column.figure("NOMINAL", 0),
            Column.figure("LIMIT", 0),
            Column.figure("QUEUED", 0),
            Column.figure("REJECTED/S", 0),
            Column.words("REASON", 1)),
        inside.levels().stream().map(Panels::level).toList());
  }

  private static Row level(PriorityLevel level) {
    String reasons =
        level.rejectedPerSecond().entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    double urgent = level.queued() + level.rejected().orElse(0) > 0 ? URGENT : 0;
    return new Row(
        List.of(
            level.name(),
            whole(level.executing()),
            whole(level.nominal()),
            whole(level.limit()),
            whole(level.queued()),
            Amounts.perSecond(level.rejected()),
            reasons),
        urgent + level.executing());
  }

  static Panel loads(Inside.Shown inside) {
    return new Panel(
        "kinds at the server",
        List.of(
            Column.name("AT THE SERVER"),
            Column.figure("LISTS/S", 0),
            Column.figure("TOOK", 0),
            Column.figure("GETS/S", 1),
            Column.figure("TOOK", 2),
            Column.figure("WATCHES", 0),
            Column.figure("ENDED/S", 3),
            Column.figure("CACHED/S", 0),
            Column.figure("FALLBACK/S", 1),
            Column.figure("WAITED", 0),
            Column.figure("CACHE AT", 4)),
        inside.kinds().stream().map(Panels::load).toList());
  }

  private static Row load(KindLoad load) {
    return new Row(
        List.of(
            load.kind(),
            Amounts.perSecond(load.lists()),
            Amounts.took(load.listSeconds()),
            Amounts.perSecond(load.gets()),
            Amounts.took(load.getSeconds()),
            Integer.toString(load.watches()),
            Amounts.perSecond(load.watchesEnded()),
            Amounts.perSecond(load.cached()),
            Amounts.perSecond(load.fallback()),
            Amounts.took(load.waitSeconds()),
            load.cacheVersion().isEmpty()
                ? Amounts.UNKNOWN
                : whole(load.cacheVersion().getAsDouble())),
        NAMED / 2 + load.lists().orElse(0) + load.gets().orElse(0));
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
