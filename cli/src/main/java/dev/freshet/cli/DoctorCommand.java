package dev.freshet.cli;

import dev.freshet.cli.doctor.Doctor;
import dev.freshet.cli.doctor.Finding;
import dev.freshet.cli.output.Table;
import dev.freshet.cli.output.Table.Header;
import dev.freshet.fabric8.Freshet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code freshet doctor}: what the cluster and the user offer, and what levels would cost. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Finds out what your cluster and your user offer, by trying, and what to do about it.",
      "Nothing is written. Reads small things, and then one list of the kind into a cache; "
          + "--without-cache leaves that out.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet doctor                       with Pods in the context's namespace",
      "  freshet doctor deployments -A        with another kind, wherever it is",
      "  freshet doctor -A --without-cache    on a large cluster",
      "  freshet doctor -o json               for a program",
      "",
      "Exit codes: 0 nothing fails, 1 something does, 2 usage."
    })
final class DoctorCommand implements Callable<Integer> {

  private static final String CALLER = "freshet-doctor";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description = KindParameter.DESCRIPTION + " Default pods.")
  private String kind = "pods";

  @Mixin private NamespaceOptions namespaces = new NamespaceOptions();

  @Option(names = "--without-cache", description = "Do not read the kind into a cache.")
  private boolean withoutCache;

  @Mixin private FiguresOption figures = new FiguresOption();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Target target;
    try (Freshet freshet = connection.connect(CALLER, options -> {})) {
      target = Target.find(freshet, kind, namespaces, console);
    }
    List<Finding> findings = examine(target);
    if (figures.isJson()) {
      console.out().println(JSON.writeValueAsString(findings.stream().map(this::tree).toList()));
    } else {
      print(findings);
    }
    console.out().flush();
    boolean fails = findings.stream().anyMatch(one -> one.verdict() == Finding.Verdict.FAIL);
    return fails ? ExitCode.FAILED : ExitCode.OK;
  }

  private List<Finding> examine(Target target) {
    try (var progress = new ProgressLine(console);
        Freshet freshet =
            connection.connect(
                CALLER,
                options -> {
                  if (!withoutCache) {
                    options.cache(target.cache());
                  }
                })) {
      var doctor = new Doctor(freshet, target.type(), target.namespace(), target.reads(freshet));
      progress.begin("trying what the server offers");
      List<Finding> findings = new ArrayList<>(doctor.examine());
      if (!withoutCache) {
        progress.begin("reading " + target.type() + " into a cache");
        findings.addAll(doctor.costs(connection.requestTimeout()));
      }
      return findings;
    }
  }

  private Map<String, String> tree(Finding finding) {
    Map<String, String> tree = new LinkedHashMap<>();
    tree.put("check", finding.check());
    tree.put("verdict", finding.verdict().toString());
    tree.put("found", finding.found());
    tree.put("remedy", finding.remedy());
    return tree;
  }

  private void print(List<Finding> findings) {
    var table =
        new Table(List.of(Header.left("CHECK"), Header.left("VERDICT"), Header.left("FOUND")));
    findings.forEach(one -> table.add(List.of(one.check(), one.verdict().toString(), one.found())));
    table.print(console.out(), console::bold);
    List<Finding> open = findings.stream().filter(one -> !one.remedy().isEmpty()).toList();
    if (!open.isEmpty()) {
      console.out().println();
    }
    for (Finding finding : open) {
      console.out().println(finding.check() + ": " + finding.remedy());
    }
  }
}
