package dev.freshet.cli;

import dev.freshet.cli.output.GrowingTable;
import dev.freshet.cli.output.Table;
import dev.freshet.cli.output.Table.Header;
import dev.freshet.cli.staleness.Board;
import dev.freshet.cli.staleness.Staleness;
import dev.freshet.cli.staleness.StalenessLine;
import dev.freshet.cli.staleness.StalenessProbe;
import dev.freshet.fabric8.Freshet;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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

  /** Each costs a cache. */
  private static final int MAX_KINDS = 16;

  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(200);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** How soon an interrupt is heeded. */
  private static final Duration LISTEN_EVERY = Duration.ofMillis(50);

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "KIND",
      description = KindParameter.DESCRIPTION + " Default pods.")
  private List<String> kinds = List.of();

  @Mixin private NamespaceOptions namespaces = new NamespaceOptions();

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      description = "Time between two looks. Default 2s.")
  private Duration interval = Duration.ofSeconds(2);

  @Option(names = "--once", description = "Look once, when the caches are synced.")
  private boolean once;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      description = "End after this time. Default: until interrupted.")
  private Optional<Duration> length = Optional.empty();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  StalenessCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    requireSense();
    List<Target> targets = targets();
    try (var interrupted = Interrupted.listen();
        Freshet freshet =
            connection.connect(
                CALLER, options -> targets.forEach(target -> options.cache(target.cache())))) {
      List<StalenessProbe> probes = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        probes.add(probe(freshet, targets.get(i), i));
      }
      probes.forEach(StalenessProbe::requireAllowed);
      if (once) {
        try (var progress = new ProgressLine(console)) {
          progress.begin("syncing");
          freshet.awaitSynced(connection.requestTimeout());
        }
        table(look(probes)).print(console.out(), console::bold);
      } else {
        Consumer<List<Staleness>> show = console.rewritesOut() ? board() : lines();
        follow(probes, show, interrupted);
      }
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private void requireSense() {
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw usage("--interval is " + SHORTEST_INTERVAL.toMillis() + "ms or more");
    }
    if (kinds.size() > MAX_KINDS) {
      throw usage("at most " + MAX_KINDS + " kinds, since each costs a cache");
    }
    if (once && length.isPresent()) {
      throw usage("--once and --for exclude each other");
    }
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  /** Each kind once, by whichever of its names. */
  private List<Target> targets() {
    try (Freshet freshet = connection.connect(CALLER, options -> {})) {
      ServerVersion.check(freshet, console);
      var served = freshet.kinds();
      return (kinds.isEmpty() ? List.of("pods") : kinds)
          .stream()
              .map(kind -> served.find(kind).type())
              .distinct()
              .map(type -> new Target(type, namespaces.of(type, freshet.namespace())))
              .toList();
    }
  }

  /** One stream for each kind, so its health is at the kind's own place. */
  private static StalenessProbe probe(Freshet freshet, Target target, int index) {
    return new StalenessProbe(
        target.type().qualifiedName(),
        target.reads(freshet),
        target.spansNamespaces(),
        () -> freshet.health().get(index));
  }

  private void follow(
      List<StalenessProbe> probes, Consumer<List<Staleness>> show, Interrupted interrupted) {
    long start = System.nanoTime();
    long next = start;
    while (!interrupted.came() && !isOver(start) && !console.out().checkError()) {
      long now = System.nanoTime();
      if (now - next >= 0) {
        show.accept(look(probes));
        next = now + interval.toNanos();
      } else {
        LockSupport.parkNanos(Math.min(next - now, LISTEN_EVERY.toNanos()));
      }
    }
  }

  private boolean isOver(long startNanos) {
    return length.isPresent() && System.nanoTime() - startNanos >= length.get().toNanos();
  }

  /** All at once: a server that does not answer holds up the looks once and not for each kind. */
  private static List<Staleness> look(List<StalenessProbe> probes) {
    Executor each = look -> Thread.ofVirtual().name("freshet-look").start(look);
    return probes.stream()
        .map(probe -> CompletableFuture.supplyAsync(probe::look, each))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private static Table table(List<Staleness> looks) {
    var table = new Table(StalenessLine.headers());
    looks.forEach(look -> table.add(StalenessLine.cells(look)));
    return table;
  }

  private Consumer<List<Staleness>> board() {
    var board = new Board(console.out(), console::bold);
    return looks -> board.draw(table(looks));
  }

  private Consumer<List<Staleness>> lines() {
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
