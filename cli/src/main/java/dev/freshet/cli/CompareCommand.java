package dev.freshet.cli;

import dev.freshet.CacheDeclaration;
import dev.freshet.CacheHealth;
import dev.freshet.Query;
import dev.freshet.cli.MeasureOutput.Fact;
import dev.freshet.cli.measure.Enough;
import dev.freshet.cli.measure.MeasuredField;
import dev.freshet.cli.measure.Measurement;
import dev.freshet.cli.measure.Stages;
import dev.freshet.fabric8.Freshet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet compare}: the routes side by side on the user's own cluster, read only. */
@Command(
    name = "compare",
    sortOptions = false,
    description = {
      "Reads the same list by each route on your own cluster: what does each cost?",
      "Starts a cache, then reads N times by each route. Nothing is written, unless --touch "
          + "names an object to touch.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet compare pods -A                       all Pods, 20 times by each route",
      "  freshet compare pods -n shop -l app=web --reads 100",
      "  freshet compare pods -A --fence all           strong reads from the cache too",
      "  freshet compare deployments -A -o json        for a program"
    })
final class CompareCommand implements Callable<Integer> {

  private static final String CALLER = "freshet-compare";
  private static final int MAX_READS = 100_000;

  /** A fence on a quiet kind takes seconds: there is no waiting for all reads of it. */
  private static final Duration STAGE_WITHIN = Duration.ofSeconds(60);

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private KindParameter kind = new KindParameter();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--reads",
      paramLabel = "N",
      description = "How often to read by each route, within 60 s. Default ${DEFAULT-VALUE}.")
  private int reads = 20;

  @Mixin private MeasuredFences fences = new MeasuredFences();

  @Mixin private TouchOption touch = new TouchOption();

  @Mixin private FiguresOption figures = new FiguresOption();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    Query query = selection.query();
    Target target = Target.find(connection, CALLER, kind, selection.namespaces(), console);
    CacheDeclaration cache = touch.in(target.cache(), target);
    try (var progress = new ProgressLine(console);
        Freshet freshet = connection.connect(CALLER, options -> options.cache(cache))) {
      progress.begin("syncing a cache of " + target.type());
      freshet.awaitSynced(connection.requestTimeout());
      compare(freshet, target, query, progress);
    }
    return ExitCode.OK;
  }

  private void requireSense() {
    if (reads < 1 || reads > MAX_READS) {
      throw usage("--reads is 1 to " + MAX_READS + ", not " + reads);
    }
    if (fences.insistOnTouch() && !touch.isGiven()) {
      throw usage("--fence touch needs an object to write into: --touch [NS/]NAME");
    }
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private void compare(Freshet freshet, Target target, Query query, ProgressLine progress)
      throws InterruptedException {
    MeasuredField field = MeasuredField.of(target.type());
    var stages =
        new Stages(
            target.reads(freshet), query, fences.list(touch.isGiven()), field, Optional.empty());
    stages.inTurn((stage, routes) -> measure(stage, routes, progress));
    progress.close();
    if (figures.isJson()) {
      MeasureOutput.json(stages.results(), console);
    } else {
      int held = freshet.health().stream().mapToInt(CacheHealth::objects).sum();
      MeasureOutput.table(
          stages.results(),
          List.of(
              new Fact("query", stages.matches() + " of " + held + " " + target.type() + " match"),
              new Fact("each read", "key, resourceVersion and " + field.path() + " of each match"),
              new Fact("server", freshet.serverVersion())),
          Notes.compare(stages.results(), fences.lacksTouch(touch.isGiven())),
          console);
    }
  }

  private void measure(Measurement stage, String routes, ProgressLine progress)
      throws InterruptedException {
    progress.begin("warming up " + routes);
    stage.warmUp();
    try (var ticking = Ticking.start(progress, "reading " + routes, this.reads, stage::readsDone)) {
      stage.run(Enough.reads(this.reads).or(Enough.after(STAGE_WITHIN)));
      ticking.finish();
    }
  }
}
