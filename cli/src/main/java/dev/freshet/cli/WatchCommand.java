package dev.freshet.cli;

import dev.freshet.CacheDeclaration;
import dev.freshet.Change;
import dev.freshet.Consistency;
import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.Subscription;
import dev.freshet.cli.output.EventPrinter;
import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet watch}: kubectl get --watch that outlives the API server. */
@Command(
    name = "watch",
    sortOptions = false,
    description = {
      "Prints objects of a kind, then each change, until it is interrupted.",
      "It outlives connections and API servers: what changed meanwhile is printed "
          + "once the server is back. What it is doing then goes to standard error.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet watch pods                           in the context's namespace",
      "  freshet watch pods -A -l app=web -o wide     all namespaces, by label",
      "  freshet watch pods --field-selector spec.nodeName=node-1",
      "  freshet watch deploy --watch-only            only what changes from now on",
      "  freshet watch pods -o json | jq -r .type     one JSON document a line"
    })
final class WatchCommand implements Callable<Integer> {

  private static final String CALLER = "freshet-watch";

  private final Console console;

  @Mixin private KindParameter kind = new KindParameter();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(names = "--watch-only", description = "Leave out what is there at the start.")
  private boolean watchOnly;

  @Mixin private OutputOption output = new OutputOption();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Query query = selection.query();
    Target target = Target.find(connection, CALLER, kind, selection.namespaces(), console);
    CacheDeclaration cache = target.cache().selecting(query);
    try (var interrupted = Interrupted.listen();
        Freshet freshet = connection.connect(CALLER, options -> options.cache(cache))) {
      Reads<GenericKubernetesResource> reads = target.reads(freshet);
      requireAllowed(reads, query);
      var printer =
          new EventPrinter(
              target.type(),
              console.out(),
              console::bold,
              InstantSource.system(),
              output.format(),
              target.spansNamespaces());
      try (Subscription subscription = reads.onEvent(query, change -> print(change, printer))) {
        new FeedNotes(freshet, console)
            .tellUntil(() -> interrupted.came() || printer.isDeaf(), printer, subscription);
      }
      printer.flush();
    }
    return ExitCode.OK;
  }

  /** What the server refuses for good is a failure, and nothing to wait for. */
  private static void requireAllowed(Reads<GenericKubernetesResource> reads, Query query) {
    reads
        .fence(Fence.DIRECT)
        .list(query.and(Query.field("metadata.name", CALLER)), Consistency.strong());
  }

  private void print(Change<GenericKubernetesResource> change, EventPrinter printer) {
    switch (change) {
      case Change.Added<GenericKubernetesResource>(var row, var initial, var at) -> {
        if (!initial || !watchOnly) {
          printer.print(EventPrinter.Event.ADDED, row, initial);
        }
      }
      case Change.Updated<GenericKubernetesResource>(var before, var now, var at) ->
          printer.print(EventPrinter.Event.MODIFIED, now, false);
      case Change.Deleted<GenericKubernetesResource>(var last, var unknown, var at) ->
          printer.print(EventPrinter.Event.DELETED, last, false);
    }
  }
}
