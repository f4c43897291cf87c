package dev.freshet.cli;

import dev.freshet.cli.top.Frame;
import dev.freshet.cli.top.InsideProbe;
import dev.freshet.cli.top.Look;
import dev.freshet.cli.top.OwnProcess;
import dev.freshet.cli.top.Program;
import dev.freshet.cli.top.Top;
import dev.freshet.cli.top.TopJson;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet top}: callers, caches and the API server's load, live. */
@Command(
    name = "top",
    sortOptions = false,
    description = {
      "Shows who asks how much of the API server, how far caches are behind, and how the "
          + "server does, again and again.",
      "Callers and caches are this command's own, with a probe of each kind at each look, or "
          + "those of a running program, by its metrics. How the server does is what requests "
          + "have met, and what it tells in /metrics, at most every 5 s, if this user may read "
          + "that.",
      "",
      "Rates are those of the last 10 s, ? until they are known; docs/reference/command.md "
          + "explains each column.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet top                         Pods in the context's namespace",
      "  freshet top pods nodes deploy -A    several kinds, wherever they are",
      "  freshet top --program http://127.0.0.1:9404/metrics",
      "                                      a program that exposes ClusterMeters",
      "  freshet top pods -A --once -o json  for a program"
    })
final class TopCommand implements Callable<Integer> {

  private static final String CALLER = "freshet-top";

  /** How long the server and a program may take for their metrics; a look waits for them. */
  private static final Duration METRICS_WITHIN = Duration.ofSeconds(5);

  private static final Look.Server UNKNOWN_SERVER = new Look.Server("no cluster", "", "");

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private WatchedKinds kinds = new WatchedKinds();

  @Mixin private NamespaceOptions namespaces = new NamespaceOptions();

  @Option(
      names = "--program",
      paramLabel = "URL",
      converter = ProgramAddress.class,
      description = "Show the callers and caches of the program that exposes its metrics there.")
  private Optional<URI> program = Optional.empty();

  @Mixin private Looking looking = new Looking();

  @Mixin private FiguresOption figures = new FiguresOption();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  TopCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    looking.requireSense(spec);
    kinds.requireFew(spec);
    if (program.isPresent() && namespaces.areGiven()) {
      throw new ParameterException(
          spec.commandLine(), "-n and -A have no part in --program, whose caches are as they are");
    }
    try (var interrupted = Interrupted.listen()) {
      if (program.isPresent()) {
        ofProgram(program.get(), interrupted);
      } else {
        ofThisCommand(interrupted);
      }
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private void ofThisCommand(Interrupted interrupted) {
    List<Target> targets = kinds.targets(connection, CALLER, namespaces, console);
    try (Freshet freshet =
        connection.connect(CALLER, options -> WatchedKinds.cache(targets, options))) {
      var source = new OwnProcess(WatchedKinds.probes(targets, freshet), freshet.load());
      if (looking.once()) {
        try (var progress = new ProgressLine(console)) {
          progress.begin("syncing");
          freshet.awaitSynced(connection.requestTimeout());
        }
      }
      show(new Top(server(freshet), source, inside(freshet)), interrupted);
    }
  }

  private void ofProgram(URI address, Interrupted interrupted) {
    Set<String> named =
        kinds.areNamed()
            ? kinds.targets(connection, CALLER, namespaces, console).stream()
                .map(target -> target.type().qualifiedName())
                .collect(Collectors.toSet())
            : Set.of();
    try (var source = new Program(address, named, METRICS_WITHIN)) {
      try (Freshet freshet = connection.connect(CALLER, options -> {})) {
        show(new Top(server(freshet), source, inside(freshet)), interrupted);
      } catch (ConfigurationException e) {
        // A program can be looked at from where no cluster is known.
        var nothing =
            inside(
                sink -> {
                  throw e;
                });
        show(new Top(UNKNOWN_SERVER, source, nothing), interrupted);
      }
    }
  }

  private InsideProbe inside(Freshet freshet) {
    return inside(sink -> freshet.metrics(METRICS_WITHIN, sink));
  }

  /** One look needs two readings for its rates, so that they may not be kept apart. */
  private InsideProbe inside(InsideProbe.Metrics metrics) {
    return new InsideProbe(metrics, looking.once() ? Duration.ZERO : InsideProbe.EVERY);
  }

  private static Look.Server server(Freshet freshet) {
    Config config = freshet.client().getConfiguration();
    String context = config.getCurrentContext() == null ? "" : config.getCurrentContext().getName();
    return new Look.Server(
        context == null ? "" : context,
        config.getMasterUrl().replaceAll("/$", ""),
        version(freshet));
  }

  private static String version(Freshet freshet) {
    try {
      return freshet.serverVersion();
    } catch (FreshetException e) {
      return "";
    }
  }

  private void show(Top top, Interrupted interrupted) {
    Supplier<Look> look = () -> top.look(ZonedDateTime.now(ZoneId.systemDefault()));
    if (looking.once()) {
      print(looking.twice(look, interrupted));
    } else if (figures.isJson() || !console.rewritesOut()) {
      looking.follow(look, this::print, interrupted, console);
    } else {
      try (var screen = new TopScreen(console)) {
        looking.follow(look, screen, interrupted, console);
      }
    }
  }

  private void print(Look look) {
    if (figures.isJson()) {
      console.out().println(TopJson.of(look));
    } else {
      int width = TerminalSize.said(console.environment()).columns();
      Frame.lines(look, width, Frame.ENDLESS, console::bold).forEach(console.out()::println);
      if (!looking.once()) {
        console.out().println();
      }
    }
    console.out().flush();
  }
}
