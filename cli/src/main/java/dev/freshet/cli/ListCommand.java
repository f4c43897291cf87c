package dev.freshet.cli;

import dev.freshet.Consistency;
import dev.freshet.Plan;
import dev.freshet.Query;
import dev.freshet.Read;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.cli.output.ObjectPrinter;
import dev.freshet.cli.output.OutputFormat;
import dev.freshet.fabric8.Freshet;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet list}: kubectl get, with the consistency that is asked for. */
@Command(
    name = "list",
    sortOptions = false,
    description = {
      "Lists objects of a kind, or shows one, with the consistency you name.",
      "Objects go to standard output, what the answer is worth to standard error.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet list pods                            in the context's namespace",
      "  freshet list pods -A -l app=web -o wide      all namespaces, by label",
      "  freshet list deploy web -n shop -o yaml      one object",
      "  freshet list pods --consistency cached       from a cache, once it is synced",
      "  freshet list pods --explain                  only say what it would do",
      "  freshet list widgets.v1.example.com -o json  a custom resource"
    })
final class ListCommand implements Callable<Integer> {

  private static final String CALLER = "freshet-list";

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "Plural, singular, short name or kind; also plural.group.")
  private String kind = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Only this object.")
  private Optional<String> name = Optional.empty();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--consistency",
      paramLabel = "LEVEL",
      converter = ConsistencyConverter.class,
      description = {
        "strong: sees all that was committed before (default).",
        "cached: from a cache that is started for it."
      })
  private Consistency level = Consistency.strong();

  @Option(names = "--explain", description = "Print the plan, and read nothing.")
  private boolean explain;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TABLE;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    requireSense();
    Query query = selection.query();
    ResourceType type;
    Optional<String> namespace;
    try (Freshet freshet = connection.connect(CALLER, options -> {})) {
      type = Discovered.kind(freshet, kind, console);
      namespace = selection.namespace(type, freshet.namespace());
      if (!(level instanceof Consistency.Cached)) {
        return run(freshet, type, namespace, query);
      }
    }
    try (Freshet freshet =
        connection.connect(CALLER, options -> options.cache(Discovered.cache(type, namespace)))) {
      freshet.awaitSynced(connection.requestTimeout());
      return run(freshet, type, namespace, query);
    }
  }

  private void requireSense() {
    if (name.isPresent() && selection.allNamespaces()) {
      throw usage("An object cannot be named across all namespaces");
    }
    if (name.isPresent() && selection.hasSelector()) {
      throw usage("A name and a selector exclude each other");
    }
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private int run(Freshet freshet, ResourceType type, Optional<String> namespace, Query query) {
    Reads<GenericKubernetesResource> all = freshet.reads(type);
    Reads<GenericKubernetesResource> reads = namespace.map(all::inNamespace).orElse(all);
    if (explain) {
      Query asked = name.map(only -> Query.field("metadata.name", only)).orElse(query);
      return explain(reads.explain(asked, level));
    }
    var printer = new ObjectPrinter(type, console.out(), console::bold, InstantSource.system());
    return name.isPresent()
        ? one(reads.get(name.get(), level), printer, type, namespace)
        : many(reads.list(query, level), printer, type, namespace);
  }

  private int explain(Plan plan) {
    PlanText.print(plan, format, console);
    return ExitCode.OK;
  }

  private int one(
      Read<GenericKubernetesResource> read,
      ObjectPrinter printer,
      ResourceType type,
      Optional<String> namespace) {
    if (read.row().isEmpty()) {
      console.err().println(read.provenance());
      throw new CommandFailure(
          type.qualifiedName() + " \"" + name.orElseThrow() + "\" not found",
          namespace
              .map(in -> "It was looked for in namespace " + in + "; -n names another.")
              .orElse("Names are spelled exactly; \"freshet list " + kind + "\" shows them."));
    }
    printer.one(read.row().get(), format);
    console.out().flush();
    console.err().println(read.provenance());
    return ExitCode.OK;
  }

  private int many(
      ReadList<GenericKubernetesResource> list,
      ObjectPrinter printer,
      ResourceType type,
      Optional<String> namespace) {
    boolean namespaces = type.namespaced() && namespace.isEmpty();
    printer.list(list.rows(), list.resourceVersion(), format, namespaces);
    console.out().flush();
    boolean isText = format == OutputFormat.JSON || format == OutputFormat.YAML;
    if (list.isEmpty() && !isText) {
      console
          .err()
          .println(
              "No resources found" + namespace.map(in -> " in " + in + " namespace.").orElse("."));
    }
    console.err().println(list.provenance());
    return ExitCode.OK;
  }
}
