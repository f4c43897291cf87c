package dev.freshet.cli.advise;

import dev.freshet.Advice;
import dev.freshet.ReadAccount;
import dev.freshet.RecordedLoad;
import dev.freshet.Route;
import dev.freshet.cli.output.Ages;
import dev.freshet.cli.output.Amounts;
import dev.freshet.cli.output.Table;
import dev.freshet.cli.output.Table.Header;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** A load for people: its period, what it cost, and the advice in paragraphs of 80 columns. */
public final class LoadTable {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final String UNKNOWN = "-";
  private static final int NUMBER_WIDTH = 4;
  private static final int TEXT_WIDTH = 76;

  private LoadTable() {}

  /** Prints one with at least a read in it. */
  public static void print(
      RecordedLoad load, ZoneId zone, PrintStream out, UnaryOperator<String> headerStyle) {
    load.period().ifPresent(period -> out.println(text(period, zone)));
    out.println();
    table(load.accounts()).print(out, headerStyle);
    out.println();
    List<Advice> advice = load.advice();
    if (advice.isEmpty()) {
      out.println("No advice: no habit in here would be cheaper in another way.");
    } else {
      out.print(paragraphs(advice));
    }
  }

  private static String text(RecordedLoad.Period period, ZoneId zone) {
    return "From "
        + DAY.format(period.from().atZone(zone))
        + " to "
        + TIME.format(period.to().atZone(zone))
        + ", "
        + Ages.format(Duration.between(period.from(), period.to()));
  }

  private static Table table(List<ReadAccount> accounts) {
    var table =
        new Table(
            List.of(
                Header.left("CALLER"),
                Header.left("KIND"),
                Header.left("LEVEL"),
                Header.left("ROUTE"),
                Header.right("READS"),
                Header.right("REQUESTS"),
                Header.right("BYTES"),
                Header.right("WAITED")));
    long reads = 0;
    double requests = 0;
    long bytes = 0;
    Duration waited = Duration.ZERO;
    for (ReadAccount one : accounts) {
      table.add(one.route().isPresent() ? answered(one, one.route().get()) : failed(one));
      reads += one.reads();
      requests += one.requests();
      bytes += one.bytes();
      waited = waited.plus(one.waited());
    }
    table.add(
        List.of(
            "total",
            "",
            "",
            "",
            Long.toString(reads),
            requests(requests),
            Amounts.bytes(bytes),
            seconds(waited)));
    return table;
  }

  private static List<String> answered(ReadAccount account, Route route) {
    return List.of(
        account.caller(),
        account.kind().qualifiedName(),
        account.level(),
        route.toString(),
        Long.toString(account.reads()),
        requests(account.requests()),
        Amounts.bytes(account.bytes()),
        seconds(account.waited()));
  }

  /** What a read has sent before it failed is on no account. */
  private static List<String> failed(ReadAccount account) {
    return List.of(
        account.caller(),
        account.kind().qualifiedName(),
        account.level(),
        "failed",
        Long.toString(account.reads()),
        UNKNOWN,
        UNKNOWN,
        UNKNOWN);
  }

  /** Whole ones where it is about whole ones: what n reads shared counts 1/n for each. */
  private static String requests(double requests) {
    boolean whole = Math.abs(requests - Math.rint(requests)) < 0.05;
    return String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", requests);
  }

  private static String seconds(Duration waited) {
    double seconds = waited.toNanos() / 1e9;
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
  }

  private static String paragraphs(List<Advice> advice) {
    TextTable text =
        TextTable.forColumns(
            Help.defaultColorScheme(Ansi.OFF),
            new Column(NUMBER_WIDTH, 0, Overflow.TRUNCATE),
            new Column(TEXT_WIDTH, 0, Overflow.WRAP));
    text.indentWrappedLines = 0;
    for (int i = 0; i < advice.size(); i++) {
      text.addRowValues((i + 1) + ".", advice.get(i).found() + ".");
      text.addRowValues("", advice.get(i).remedy());
    }
    return text.toString();
  }
}
