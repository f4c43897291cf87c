package dev.freshet.cli;

import dev.freshet.cli.Looking.View;
import dev.freshet.cli.output.GrowingTable;
import dev.freshet.cli.output.Table;
import dev.freshet.cli.output.Table.Header;
import dev.freshet.cli.staleness.Board;
import dev.freshet.cli.staleness.Staleness;
import dev.freshet.cli.staleness.StalenessLine;
import dev.freshet.cli.staleness.StalenessProbe;
import dev.freshet.fabric8.Freshet;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code freshet staleness}: how far a cache of each kind is behind the server, live. */
@Command(
    name = "staleness",
    sortOptions = false,
    description = {
      "Shows how far a cache of each kind is behind the server, again and again.",
      "Starts the caches, and asks the server at each look how far it is: a list of one "
          + "name that no object has. A program that never asks is further behind.",
      "",
      "  HEAD      the server's resourceVersion",
      "  FRONTIER  everything up to this version is in the cache",
      "  BEHIND    how old the cache is at most, ? if not known",
      "  EVENTS/S  changes a second, of the last 10 s",
      "  BOOKMARK  how long ago the server sent one",
      "  WHY       what the cache does, or waits for",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet staleness                        Pods in the context's namespace",
      "  freshet staleness pods nodes deploy -A   several kinds, wherever they are",
      "  freshet staleness pods -A --once         one look",
      "  freshet staleness pods -A --for 5m >log  a line at each look"
    })
final class StalenessCommand implements Callable<Integer> {

  private static final String CALLER = "freshet-staleness";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private WatchedKinds kinds = new WatchedKinds();

  @Mixin private NamespaceOptions namespaces = new NamespaceOptions();

  @Mixin private Looking looking = new Looking();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  StalenessCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    looking.requireSense(spec);
    kinds.requireFew(spec);
    List<Target> targets = kinds.targets(connection, CALLER, namespaces, console);
    try (var interrupted = Interrupted.listen();
        Freshet freshet =
            connection.connect(CALLER, options -> WatchedKinds.cache(targets, options))) {
      List<StalenessProbe> probes = WatchedKinds.probes(targets, freshet);
      if (looking.once()) {
        try (var progress = new ProgressLine(console)) {
          progress.begin("syncing");
          freshet.awaitSynced(connection.requestTimeout());
        }
        table(StalenessProbe.lookAll(probes)).print(console.out(), console::bold);
      } else {
        View<List<Staleness>> view = console.rewritesOut() ? board() : lines();
        looking.follow(() -> StalenessProbe.lookAll(probes), view, interrupted, console);
      }
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private static Table table(List<Staleness> looks) {
    var table = new Table(StalenessLine.headers());
    looks.forEach(look -> table.add(StalenessLine.cells(look)));
    return table;
  }

  private View<List<Staleness>> board() {
    var board = new Board(console.out(), console::bold);
    return looks -> board.draw(table(looks));
  }

  private View<List<Staleness>> lines() {
    List<String> headers = new ArrayList<>(List.of("TIME"));
    StalenessLine.headers().stream().map(Header::text).forEach(headers::add);
    var table = new GrowingTable(console.out(), headers, console::bold);
    return looks -> {
      String time = LocalTime.now(ZoneId.systemDefault()).format(TIME);
      for (Staleness look : looks) {
        List<String> cells = new ArrayList<>(List.of(time));
        cells.addAll(StalenessLine.cells(look));
        table.add(cells);
      }
      table.print();
      console.out().flush();
    };
  }
}
