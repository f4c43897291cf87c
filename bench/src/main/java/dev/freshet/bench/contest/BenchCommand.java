package dev.freshet.bench.contest;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.workload.Variety;
import dev.freshet.testkit.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./build bench}: clients side by side on one control plane. Ends by itself. */
@Command(
    name = "./build bench",
    mixinStandardHelpOptions = true,
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
      "  ./build bench --workloads uniform --measures sync,heap,memory",
      "  ./build bench --with-rust --gc g1",
      "",
      "Writes bench/target/results.json and, of a run of everything on 20,000 Pods,",
      "docs/design/bench.md; of any other, bench/target/bench.md. Exits with 1 if a goal was",
      "missed or a measure failed."
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
      description =
          "uniform, varied (default: both). What does not depend on how unlike the Pods are is"
              + " measured on the first alone.")
  private List<Variety> workloads = List.of(Variety.UNIFORM, Variety.VARIED);

  @Option(
      names = "--measures",
      paramLabel = "M",
      split = ",",
      description = "What is measured, of those listed below (default: all).")
  private Set<Part> parts = EnumSet.allOf(Part.class);

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
    command.getCommandSpec().usageMessage().footer(footer(command));
    System.exit(command.execute(args));
  }

  /** With what can be measured, one a line. */
  private static String[] footer(CommandLine command) {
    List<String> footer = new ArrayList<>(List.of("", "Measures:"));
    for (Part part : Part.values()) {
      footer.add("  %-8s %s".formatted(part.name().toLowerCase(Locale.ROOT), part.what()));
    }
    footer.addAll(List.of(command.getCommandSpec().usageMessage().footer()));
    return footer.toArray(String[]::new);
  }

  @Override
  public Integer call() throws IOException {
    require(pods >= 100 && pods <= WorkloadSpec.MAX_PODS, "--pods is 100 to 200,000, not " + pods);
    require(rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds is 1 to 20, not " + rounds);
    List<Entrant> entrants = entrants();
    var jvm = new Jvm(collector);
    var results = new Results();
    Path logs = Files.createDirectories(TARGET.resolve("logs"));
    Map<String, Set<Part>> measured = new LinkedHashMap<>();
    Progress creating = Progress.printing(System.err);
    for (Variety variety : workloads) {
      String workload = variety.name().toLowerCase(Locale.ROOT);
      Set<Part> here = partsOn(measured.isEmpty());
      measured.put(workload, here);
      try (Arena arena = Arena.open(variety, pods, creating)) {
        new Course(workload, here, entrants, jvm, logs, results, System.err).run(arena, rounds);
      }
      // A run of everything takes an hour; what it has found is there if it is ended.
      Files.writeString(TARGET.resolve("results.json"), json(results));
    }
    var tables = new Tables(results, entrants);
    var page = new Page(tables, results.failures(), entrants, measured);
    System.out.print(page.text());
    Path written = isFull() ? DOCS : TARGET.resolve("bench.md");
    Files.writeString(written, page.markdown(pods, rounds, jvm));
    System.err.println("written: " + TARGET.resolve("results.json") + ", " + written);
    results.failures().forEach(failure -> System.err.println("failed: " + failure));
    return tables.missed(measured) || !results.failures().isEmpty() ? 1 : 0;
  }

  private Set<Part> partsOn(boolean first) {
    Set<Part> here = EnumSet.copyOf(parts);
    if (!first) {
      here.removeIf(part -> !part.dependsOnVariety());
    }
    return here;
  }

  /** What belongs into the docs; anything less would replace figures by dashes. */
  private boolean isFull() {
    return pods == FULL
        && only.isEmpty()
        && parts.size() == Part.values().length
        && workloads.size() == Variety.values().length;
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
