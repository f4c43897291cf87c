package dev.freshet.examples.mixedreads;

import dev.freshet.Load;
import dev.freshet.Route;
import dev.freshet.load.BudgetUse;
import java.util.Locale;

/** What a client has asked of the API server, by caller. */
final class LoadReport {
  private LoadReport() {}

  static String of(Load load) {
    var text = new StringBuilder();
    line(text, "CALLER", "LEVEL", "ROUTE", "READS", "REQUESTS", "BYTES");
    load.accounts()
        .forEach(
            account ->
                line(
                    text,
                    account.caller(),
                    account.level(),
                    account.route().map(Route::toString).orElse("failed"),
                    Long.toString(account.reads()),
                    String.format(Locale.ROOT, "%.1f", account.requests()),
                    Long.toString(account.bytes())));
    text.append('\n');
    line(text, "CALLER", "PRIORITY", "", "", "REQUESTS", "BYTES");
    for (BudgetUse use : load.budgets()) {
      String priority = use.priority().name().toLowerCase(Locale.ROOT);
      String requests = Long.toString(use.requests());
      line(text, use.caller(), priority, "", "", requests, Long.toString(use.bytes()));
    }
    load.advice().forEach(advice -> text.append('\n').append(advice).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, Object... columns) {
    text.append("%-14s %-10s %-10s %10s %10s %12s%n".formatted(columns));
  }
}
