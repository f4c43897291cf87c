package dev.freshet.cli.advise;

import dev.freshet.Advice;
import dev.freshet.ReadAccount;
import dev.freshet.RecordedLoad;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A load for programs: the same members each time, null where there is nothing to say. */
public final class LoadJson {

  private static final JsonMapper JSON = new JsonMapper();

  /** Shares of requests and seats are given to the thousandth. */
  private static final double FRACTIONS = 1_000;

  private LoadJson() {}

  public static String of(RecordedLoad load) {
    ObjectNode tree = JSON.createObjectNode();
    put(tree, "from", load.period().map(period -> period.from().toString()));
    put(tree, "to", load.period().map(period -> period.to().toString()));
    tree.put("reads", load.reads());
    var accounts = tree.putArray("accounts");
    load.accounts().forEach(account -> add(accounts.addObject(), account));
    var advice = tree.putArray("advice");
    load.advice().forEach(one -> add(advice.addObject(), one));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
  }

  private static void add(ObjectNode row, ReadAccount account) {
    row.put("caller", account.caller());
    row.put("kind", account.kind().qualifiedName());
    row.put("apiVersion", account.kind().apiVersion());
    row.put("level", account.level());
    put(row, "route", account.route().map(Object::toString));
    row.put("reads", account.reads());
    row.put("objects", account.objects());
    row.put("requests", rounded(account.requests()));
    row.put("shared", account.shared());
    row.put("bytes", account.bytes());
    row.put("seats", rounded(account.seats()));
    row.put("waitedMillis", account.waited().toMillis());
    account
        .instead()
        .ifPresentOrElse(
            other -> {
              ObjectNode instead = row.putObject("instead");
              instead.put("route", other.route().toString());
              instead.put("requests", rounded(other.requests()));
              instead.put("bytes", other.bytes());
            },
            () -> row.putNull("instead"));
  }

  private static void add(ObjectNode row, Advice advice) {
    row.put("caller", advice.caller());
    put(row, "kind", advice.kind().map(Object::toString));
    row.put("found", advice.found());
    row.put("remedy", advice.remedy());
    row.put("savedBytes", advice.savedBytes());
  }

  private static void put(ObjectNode row, String name, Optional<String> value) {
    value.ifPresentOrElse(text -> row.put(name, text), () -> row.putNull(name));
  }

  private static double rounded(double value) {
    return Math.round(value * FRACTIONS) / FRACTIONS;
  }
}
