package dev.freshet.cli;

import dev.freshet.CacheHealth;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.cli.MeasureOutput.Fact;
import dev.freshet.cli.measure.Enough;
import dev.freshet.cli.measure.MeasuredField;
import dev.freshet.cli.measure.MeasuredRoute;
import dev.freshet.cli.measure.Measurement;
import dev.freshet.fabric8.Freshet;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet compare}: the routes side by side on the user's own cluster, read only. */
@Command(
    name = "compare",
    sortOptions = false,
    description = {
      "Reads the same list by each route on your own cluster: what does each cost?",
      "Nothing is written. Starts a cache, then reads N times by each route.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet compare pods -A                       all Pods, 20 times by each route",
      "  freshet compare pods -n shop -l app=web --reads 100",
      "  freshet compare deployments -A -o json        for a program"
    })
final class CompareCommand implements Callable<Integer> {

  private static final String CALLER = "freshet-compare";
  private static final int MAX_READS = 100_000;

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "Plural, singular, short name or kind; also plural.group.")
  private String kind = "";

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--reads",
      paramLabel = "N",
      description = "How often to read by each route. Default ${DEFAULT-VALUE}.")
  private int reads = 20;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private MeasureOutput.Format format = MeasureOutput.Format.TABLE;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (reads < 1 || reads > MAX_READS) {
      throw new ParameterException(
          spec.commandLine(), "--reads is 1 to " + MAX_READS + ", not " + reads);
    }
    Query query = selection.query();
    ResourceType type;
    Optional<String> namespace;
    try (Freshet freshet = connection.connect(CALLER, options -> {})) {
      type = Discovered.kind(freshet, kind, console);
      namespace = selection.namespace(type, freshet.namespace());
    }
    try (var progress = new ProgressLine(console);
        Freshet freshet =
            connection.connect(
                CALLER, options -> options.cache(Discovered.cache(type, namespace)))) {
      progress.begin("syncing a cache of " + type);
      freshet.awaitSynced(connection.requestTimeout());
      Reads<GenericKubernetesResource> all = freshet.reads(type);
      compare(freshet, type, namespace.map(all::inNamespace).orElse(all), query, progress);
    }
    return ExitCode.OK;
  }

  private void compare(
      Freshet freshet, ResourceType type, Reads<?> reads, Query query, ProgressLine progress)
      throws InterruptedException {
    MeasuredField field = MeasuredField.of(type);
    var measurement =
        new Measurement(
            List.of(MeasuredRoute.cached(reads, query), MeasuredRoute.direct(reads, query)),
            field,
            Optional.empty());
    progress.begin("warming up");
    measurement.warmUp();
    try (var ticking =
        Ticking.start(progress, "reading by each route", this.reads, measurement::readsDone)) {
      measurement.run(Enough.reads(this.reads));
      ticking.finish();
    }
    progress.close();
    if (format == MeasureOutput.Format.JSON) {
      MeasureOutput.json(measurement.results(), console);
    } else {
      int held = freshet.health().stream().mapToInt(CacheHealth::objects).sum();
      MeasureOutput.table(
          measurement.results(),
          List.of(
              new Fact("query", measurement.matches() + " of " + held + " " + type + " match"),
              new Fact("each read", "key, resourceVersion and " + field.path() + " of each match"),
              new Fact("server", freshet.serverVersion())),
          Notes.compare(),
          console);
    }
  }
}
