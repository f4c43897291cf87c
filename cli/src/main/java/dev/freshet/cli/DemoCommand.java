package dev.freshet.cli;

import dev.freshet.testkit.workload.ChurnOptions;
import dev.freshet.testkit.workload.WorkloadSpec;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet demo}: the routes side by side on a throw-away control plane under churn. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Shows cached and direct reads side by side on a throw-away control plane.",
      "Starts etcd and kube-apiserver, creates Pods, and reads the list of Ray workers "
          + "by each route while Pods change: latency, bytes, staleness. One Pod of 25 is a "
          + "worker; half of the writes hit workers. Leaves nothing behind.",
      "The first run builds the two programs: about five minutes, with Go.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  freshet demo",
      "  freshet demo --fence all              strong reads from the cache too",
      "  freshet demo --pods 20000 --churn 100 --seconds 60",
      "  freshet demo -o json | jq '.[].p50Millis'",
      "  freshet demo webhook                  which webhook keeps a quota"
    })
final class DemoCommand implements Callable<Integer> {

  private static final int MAX_SECONDS = 3_600;

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--pods",
      paramLabel = "N",
      description = "How many Pods. Default ${DEFAULT-VALUE}.")
  private int pods = 5_000;

  @Option(
      names = "--churn",
      paramLabel = "N",
      description = "Writes a second meanwhile; 0 for none. Default 20.")
  private double churn = 20;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to measure, for each fence again. Default ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Mixin private MeasuredFences fences = new MeasuredFences();

  @Mixin private FiguresOption figures = new FiguresOption();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    require(pods >= 1 && pods <= WorkloadSpec.MAX_PODS, "--pods is 1 to " + WorkloadSpec.MAX_PODS);
    require(
        churn >= 0 && churn <= ChurnOptions.MAX_WRITES_PER_SECOND,
        "--churn is 0 to " + ChurnOptions.MAX_WRITES_PER_SECOND);
    require(seconds >= 1 && seconds <= MAX_SECONDS, "--seconds is 1 to " + MAX_SECONDS);
    Demo.Outcome outcome;
    try (var progress = new ProgressLine(console)) {
      outcome =
          new Demo(pods, churn, Duration.ofSeconds(seconds), fences.list(true), progress).run();
    }
    if (figures.isJson()) {
      MeasureOutput.json(outcome.results(), console);
    } else {
      MeasureOutput.table(
          outcome.results(), outcome.facts(), Notes.demo(outcome.results()), console);
    }
    outcome.requireKeptPromises();
    return ExitCode.OK;
  }

  private void require(boolean sound, String rule) {
    if (!sound) {
      throw new ParameterException(spec.commandLine(), rule);
    }
  }
}
