package dev.freshet.trials.herd;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Outcomes side by side, in 80 columns: numbers, and when lists arrived. */
final class HerdTable {
  private static final int BAR = 26;
  private static final double MEGABYTE = 1e6;
  private static final double THOUSAND = 1e3;

  private final StringBuilder text = new StringBuilder();

  private HerdTable() {}

  static String of(List<HerdOutcome> outcomes) {
    var table = new HerdTable();
    for (HerdEvent event : HerdEvent.values()) {
      table.event(event, outcomes.stream().filter(outcome -> outcome.event() == event).toList());
    }
    return table.text.toString();
  }

  private void event(HerdEvent event, List<HerdOutcome> columns) {
    text.append(event).append('\n');
    line("", columns, o -> o.clients() + " " + o.kind());
    line("complete lists", columns, o -> number(o.lists()));
    line("  by so many clients", columns, o -> number(o.listing()));
    line("  by one client, at most", columns, o -> number(o.mostListsOfOne()));
    line("  under way at once, at most", columns, o -> number(o.listsAtOnce()));
    line("  from the first to the last", columns, o -> seconds(o.listsBegunWithinMillis()));
    line("lists of metadata, to compare", columns, o -> number(o.audits()));
    line("probes", columns, o -> number(o.probes()));
    line("watches", columns, o -> number(o.watches()));
    line("other requests", columns, o -> number(o.others()));
    line("requests in one second, at most", columns, o -> number(o.mostInOneSecond()));
    line("requests answered with 429", columns, o -> number(o.refused()));
    line("received, MB", columns, o -> "%,.1f".formatted(o.bytes() / MEGABYTE));
    line("the server is ready after", columns, o -> seconds(o.readyMillis()));
    line("half of the clients synced after", columns, o -> seconds(o.synced(50)));
    line("all clients synced after", columns, o -> seconds(o.synced(100)));
    histogram(columns);
    text.append('\n');
  }

  private void line(String label, List<HerdOutcome> columns, Function<HerdOutcome, String> cell) {
    text.append("%-34s".formatted(label));
    columns.forEach(outcome -> text.append("%15s".formatted(cell.apply(outcome))));
    text.append('\n');
  }

  /** How many complete lists arrived in each second after the first one. */
  private void histogram(List<HerdOutcome> columns) {
    int seconds = columns.stream().mapToInt(o -> o.listsBySecond().size()).max().orElse(0);
    int most =
        columns.stream().flatMap(o -> o.listsBySecond().stream()).mapToInt(n -> n).max().orElse(1);
    if (seconds > 0) {
      text.append("\nlists by second");
      columns.forEach(o -> text.append("  %-30s".formatted(o.kind())));
      text.append('\n');
    }
    for (int second = 0; second < seconds; second++) {
      text.append("%15d".formatted(second));
      for (HerdOutcome outcome : columns) {
        List<Integer> all = outcome.listsBySecond();
        int lists = second < all.size() ? all.get(second) : 0;
        int bar = Math.ceilDiv(lists * BAR, most);
        text.append("  %-30s".formatted(lists == 0 ? "" : "#".repeat(bar) + " " + lists));
      }
      text.append('\n');
    }
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%,.1f s", millis / THOUSAND);
  }

  private static String seconds(Optional<Duration> time) {
    return time.map(known -> seconds(known.toMillis())).orElse("never");
  }
}
