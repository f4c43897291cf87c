package dev.freshet.cli;

import dev.freshet.RecordedLoad;
import dev.freshet.cli.advise.LiveReads;
import dev.freshet.cli.advise.LoadJson;
import dev.freshet.cli.advise.LoadTable;
import dev.freshet.cli.advise.RecordedFile;
import dev.freshet.testkit.Progress.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet advise}: what a program's reads cost, and what would be cheaper. */
@Command(
    name = "advise",
    sortOptions = false,
    description = {
      "Says what the reads of a program cost its API server, and what would be cheaper: of a "
          + "program that runs on this machine, or from a flight recording of one.",
      "No server is asked. A running program is listened to by its own flight recorder, at some "
          + "100 bytes for each read; nothing but Freshet's events is recorded. What it did "
          + "before is not known.",
      "",
      "  READS     how many were answered, by each route, or failed",
      "  REQUESTS  what they sent: what n reads shared counts 1/n for each",
      "  BYTES     of the answers after decompression, shared in the same way",
      "  WAITED    how long the reads waited, all together",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  jcmd                              which JVMs there are",
      "  freshet advise 4711               listen to one for a minute",
      "  freshet advise 4711 --for 10m     for longer; Ctrl-C ends it with what it has",
      "  freshet advise reads.jfr          from a recording",
      "  freshet advise reads.jfr -o json | jq -r '.advice[].found'",
      "",
      "A recording of a minute, made wherever the program runs:",
      "  jcmd PID JFR.start settings=none +dev.freshet.Read#enabled=true \\",
      "    duration=60s filename=/tmp/reads.jfr"
    })
final class AdviseCommand implements Callable<Integer> {

  private static final Pattern PID = Pattern.compile("\\d{1,10}");

  /** What listening to a process needs of the JDK; a runtime made by jlink may lack them. */
  private static final List<String> MODULES = List.of("jdk.attach", "jdk.management.jfr");

  private static final Duration DEFAULT_LENGTH = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The other process writes to its disk until we have read it; longer needs a recording. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** How soon an interrupt is heeded. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE|PID",
      description = "A flight recording, or the id of a JVM of this user on this machine.")
  private String target = "";

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      description = "How long to listen to a process, up to 1h. Default 1m.")
  private Optional<Duration> length = Optional.empty();

  @Mixin private FiguresOption figures = new FiguresOption();

  AdviseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path file = Path.of(target);
    if (Files.exists(file)) {
      require(length.isEmpty(), "--for is for a process; a recording has a length of its own");
      recorded(file);
    } else if (PID.matcher(target).matches()) {
      Duration listening = length.orElse(DEFAULT_LENGTH);
      require(
          listening.compareTo(SHORTEST) >= 0 && listening.compareTo(LONGEST) <= 0,
          "--for is 1s to 1h");
      live(Long.parseLong(target), listening);
    } else {
      throw new CommandFailure(
          "there is no file " + target,
          "Give a flight recording, or the id of a process; jcmd lists the JVMs of this user.");
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private void require(boolean sound, String problem) {
    if (!sound) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }

  private void recorded(Path file) {
    RecordedLoad load = RecordedFile.read(file);
    if (load.reads() == 0) {
      throw new CommandFailure(
          file + " holds no reads by Freshet",
          "Record them while the program reads: " + RecordedFile.HOW_TO_RECORD);
    }
    show(load);
  }

  /** Asked before any class is touched that needs them. */
  private static void requireModules() {
    for (String module : MODULES) {
      if (ModuleLayer.boot().findModule(module).isEmpty()) {
        throw new CommandFailure(
            "this Java runtime lacks the module " + module,
            "Run freshet on a whole JDK, or give it a recording: " + RecordedFile.HOW_TO_RECORD);
      }
    }
  }

  private void live(long pid, Duration listening) {
    requireModules();
    var load = new RecordedLoad();
    try (var interrupted = Interrupted.listen()) {
      boolean whole;
      try (var progress = new ProgressLine(console)) {
        progress.begin("attaching to process " + pid);
        try (var live = LiveReads.attach(pid)) {
          live.listen(load);
          follow(
              live,
              "listening to process " + pid + " for " + listening.toSeconds() + " s",
              listening,
              interrupted,
              progress);
          whole = live.stop();
        }
      }
      if (!whole) {
        console.warn(
            "process " + pid + " can be heard no more", "What it read until then is shown.");
      }
      if (load.reads() == 0 && !figures.isJson()) {
        console.out().println("Process " + pid + " has read nothing in this time.");
      } else {
        show(load);
      }
      console.out().flush();
    }
  }

  private static void follow(
      LiveReads live,
      String what,
      Duration listening,
      Interrupted interrupted,
      ProgressLine progress) {
    long begun = System.nanoTime();
    Duration elapsed = Duration.ZERO;
    while (elapsed.compareTo(listening) < 0 && !interrupted.came() && !live.hasEnded()) {
      progress.report(Step.of(what, elapsed));
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      elapsed = Duration.ofNanos(System.nanoTime() - begun);
    }
  }

  private void show(RecordedLoad load) {
    if (figures.isJson()) {
      console.out().println(LoadJson.of(load));
    } else {
      LoadTable.print(load, ZoneId.systemDefault(), console.out(), console::bold);
    }
  }
}
