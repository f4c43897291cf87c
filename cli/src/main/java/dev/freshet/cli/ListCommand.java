package dev.freshet.cli;

import dev.freshet.Consistency;
import dev.freshet.Query;
import dev.freshet.Token;
import dev.freshet.cli.output.OutputFormat;
import dev.freshet.error.InvalidTokenException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.fabric8.FreshetSession;
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
    aliases = "get",
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
      "  freshet get deploy web -n shop -o yaml       one object",
      "  freshet list pods --consistency cached       from a cache, once it is synced",
      "  freshet list pods -A --fence probe           strong, from a cache and a probe",
      "  freshet list pods -A --cache --explain       the plan of who has a cache",
      "  TOKEN=$(freshet list pods --print-token)     what was seen, to hand on",
      "  freshet list pods --consistency at-least=$TOKEN",
      "  freshet list widgets.v1.example.com -o json  a custom resource"
    })
final class ListCommand implements Callable<Integer> {

  private static final String CALLER = "freshet-list";

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private KindParameter kind = new KindParameter();

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Only this object.")
  private Optional<String> name = Optional.empty();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private LevelOptions level = new LevelOptions();

  @Mixin private TokenOptions tokens = new TokenOptions();

  @Option(names = "--explain", description = "Print the plan, and read nothing.")
  private boolean explain;

  @Mixin private OutputOption output = new OutputOption();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    requireSense();
    Query query = selection.query();
    Target target;
    try (Freshet freshet = connection.connect(CALLER, options -> {})) {
      target = Target.find(freshet, kind.name(), selection.namespaces(), console);
      if (!level.needsCache()) {
        read(freshet, target, query);
        return ExitCode.OK;
      }
    }
    try (Freshet freshet =
        connection.connect(CALLER, options -> options.cache(level.cacheOf(target)))) {
      try (var progress = new ProgressLine(console)) {
        progress.begin("syncing a cache of " + target.type());
        freshet.awaitSynced(connection.requestTimeout());
      }
      read(freshet, target, query);
    }
    return ExitCode.OK;
  }

  private void requireSense() {
    if (name.isPresent() && selection.namespaces().all()) {
      throw usage("An object cannot be named across all namespaces");
    }
    if (name.isPresent() && selection.hasSelector()) {
      throw usage("A name and a selector exclude each other");
    }
    level
        .contradiction()
        .ifPresent(
            problem -> {
              throw usage(problem);
            });
    if (tokens.print() && output.format() != OutputFormat.TABLE) {
      throw usage("--print-token prints no objects; --token-file FILE goes with -o");
    }
    if (tokens.isWanted() && explain) {
      throw usage("--explain reads nothing, so there is no token");
    }
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private void read(Freshet freshet, Target target, Query query) {
    var listing = new Listing(target, session(freshet), level, tokens, output.format(), console);
    if (explain) {
      listing.explain(name.map(only -> Query.field("metadata.name", only)).orElse(query));
    } else if (name.isPresent()) {
      listing.one(name.get());
    } else {
      listing.many(query);
    }
  }

  /** With what the shell has seen, where that is asked for. */
  private FreshetSession session(Freshet freshet) {
    FreshetSession session = freshet.session();
    String text = console.environment().getOrDefault(TokenText.VARIABLE, "");
    if (level.level() instanceof Consistency.ReadYourWrites && !text.isBlank()) {
      raise(session, TokenText.parse(text, TokenText.VARIABLE + ": "));
    }
    return session;
  }

  private static void raise(FreshetSession session, Token token) {
    try {
      session.saw(token);
    } catch (InvalidTokenException e) {
      throw new CommandFailure(
          TokenText.VARIABLE + ": " + e.problem(),
          "Unset it, or set it to a token that \"--print-token\" printed at this cluster.");
    }
  }
}
