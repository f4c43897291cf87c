package dev.freshet.bench.contest;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.workload.Variety;
import dev.freshet.testkit.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./build bench}: clients side by side on one control plane. Ends by itself. */
@Command(
    name = "./build bench",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Runs clients of the Kubernetes API side by side: each alone, several rounds, on the same"
            + " Pods.",
    footer = {
      "",
      "Examples:",
      "  ./build bench",
      "  ./build bench --pods 500 --rounds 1 --only wire,freshet",
      "  ./build bench --with-rust --gc g1",
      "",
      "Writes bench/target/results.json and, of a run of 20,000 Pods, docs/design/bench.md;",
      "of any other, bench/target/bench.md. Exits with 1 if a goal was missed."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int FULL = 20_000;
  private static final int MOST_ROUNDS = 20;
  private static final Path TARGET = Path.of("bench", "target");
  private static final Path DOCS = Path.of("docs", "design", "bench.md");

  @Option(
      names = "--pods",
      paramLabel = "N",
      defaultValue = "" + FULL,
      description = "How many Pods, 100 to 200,000 (default: 20,000).")
  private int pods;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "3",
      description = "How often each contender runs, 1 to 20 (default: 3).")
  private int rounds;

  @Option(
      names = "--only",
      paramLabel = "A,B",
      split = ",",
      description =
          "Contenders: wire, freshet, fabric8, client-java, client-go, kube-rs (default: all,"
              + " kube-rs by --with-rust).")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--workloads",
      paramLabel = "W",
      split = ",",
      description = "uniform, varied (default: both).")
  private List<Variety> workloads = List.of(Variety.UNIFORM, Variety.VARIED);

  @Option(
      names = "--gc",
      paramLabel = "GC",
      defaultValue = "serial",
      description = "Collector of all JVMs: serial, parallel, g1 (default: serial).")
  private Jvm.Collector collector = Jvm.Collector.SERIAL;

  @Option(
      names = "--with-rust",
      description = "With kube-rs; builds it first, which takes several minutes once.")
  private boolean withRust;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  private BenchCommand() {}

  /** Runs it. */
  public static void main(String[] args) {
    var command =
        new CommandLine(new BenchCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                  if (failure instanceof TestkitException) {
                    line.getErr().println("bench: " + failure.getMessage());
                    return line.getCommandSpec().exitCodeOnExecutionException();
                  }
                  throw failure;
                });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    require(pods >= 100 && pods <= WorkloadSpec.MAX_PODS, "--pods is 100 to 200,000, not " + pods);
    require(rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds is 1 to 20, not " + rounds);
    List<Entrant> entrants = entrants();
    var jvm = new Jvm(collector);
    var results = new Results();
    Path logs = Files.createDirectories(TARGET.resolve("logs"));
    List<String> names = new ArrayList<>();
    for (Variety variety : workloads) {
      String workload = variety.name().toLowerCase(Locale.ROOT);
      names.add(workload);
      Progress creating = Progress.printing(System.err);
      try (Arena arena = Arena.open(variety, pods, creating)) {
        new Course(workload, arena, entrants, jvm, logs, results, System.err).run(rounds);
      }
    }
    var tables = new Tables(results, entrants);
    var page = new Page(tables, entrants, names);
    System.out.print(page.text());
    Files.writeString(TARGET.resolve("results.json"), json(results));
    Path written = pods == FULL ? DOCS : TARGET.resolve("bench.md");
    Files.writeString(written, page.markdown(pods, rounds, jvm));
    System.err.println("written: " + TARGET.resolve("results.json") + ", " + written);
    boolean missed =
        names.stream()
            .flatMap(workload -> Goal.of(workload).stream())
            .anyMatch(goal -> goal.verdict(results) == Goal.Verdict.MISSED);
    return missed ? 1 : 0;
  }

  private void require(boolean met, String otherwise) {
    if (!met) {
      throw new CommandLine.ParameterException(new CommandLine(this), otherwise);
    }
  }

  private List<Entrant> entrants() {
    for (String name : only) {
      require(
          Entrant.all().stream().anyMatch(entrant -> entrant.name().equals(name)),
          "there is no contender " + name);
    }
    List<Entrant> entrants =
        Entrant.all().stream()
            .filter(entrant -> only.isEmpty() || only.contains(entrant.name()))
            .filter(entrant -> withRust || !entrant.equals(Entrant.KUBE_RS))
            .toList();
    require(!entrants.isEmpty(), "kube-rs runs by --with-rust");
    for (Entrant entrant : entrants) {
      require(entrant.isBuilt(), entrant.name() + " is not built; start this by ./build bench");
    }
    return entrants;
  }

  private static String json(Results results) {
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(results.figures())
        + "\n";
  }
}
