package dev.freshet.cli;

import dev.freshet.cli.rbac.FenceRights;
import dev.freshet.cli.rbac.Grantee;
import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet fence rbac}: the rights that a cache and its fences need, as YAML. */
@Command(
    name = "rbac",
    sortOptions = false,
    description = {
      "Prints the roles and bindings that a cache of a kind and its fences need.",
      "As few rights as will do: list and watch, and patch on what is touched. Nothing "
          + "is changed; the server is only asked for the kind.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet fence rbac | kubectl apply -f -",
      "  freshet fence rbac -n shop --touch sentinel --service-account quota",
      "  freshet fence rbac -A --touch shop/sentinel --user jane",
      "  freshet fence rbac -n shop --touch fence --make   a Pod that Freshet makes itself",
      "  freshet fence rbac -n shop --touch '*'       each Pod of a Deployment its own",
      "  freshet fence rbac --kind nodes --touch node-1"
    })
final class FenceRbacCommand implements Callable<Integer> {

  private static final String CALLER = "freshet-fence-rbac";

  /** An account that nothing has unless somebody makes it. */
  private static final String DEFAULT_ACCOUNT = "freshet";

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = KindParameter.DESCRIPTION + " Default pods.")
  private String kind = "pods";

  @Mixin private NamespaceOptions namespaces = new NamespaceOptions();

  @Mixin private TouchOption touch = new TouchOption();

  @Option(
      names = "--make",
      description = {
        "The Pod to touch is made and deleted by Freshet itself, so it needs create and delete "
            + "on Pods, too."
      })
  private boolean make;

  @Option(
      names = "--service-account",
      paramLabel = "[NS/]NAME",
      description = "Who gets the rights. Default freshet, in the namespace.")
  private Optional<String> account = Optional.empty();

  @Option(names = "--user", paramLabel = "NAME", description = "A user in its place.")
  private Optional<String> user = Optional.empty();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  FenceRbacCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (account.isPresent() && user.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--service-account and --user exclude each other");
    }
    if (make && !touch.isGiven()) {
      throw new ParameterException(spec.commandLine(), "--make needs a name: --touch [NS/]NAME");
    }
    FenceRights rights;
    try (Freshet freshet = connection.connect(CALLER, options -> {})) {
      Target target = Target.find(freshet, kind, namespaces, console);
      String namespace = namespaces.named(freshet.namespace());
      if (make && !target.type().qualifiedName().equals("pods")) {
        throw new CommandFailure(
            "Freshet makes Pods to touch, and no " + target.type(),
            "Leave --make out, and name an object that is there.");
      }
      rights =
          new FenceRights(target.type(), target.namespace(), touch.of(target), make, to(namespace));
    }
    console.out().println("# " + rights + ".");
    for (HasMetadata object : rights.objects()) {
      console.out().print(Yaml.document(object));
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private Grantee to(String namespace) {
    if (user.isPresent()) {
      return new Grantee.User(user.get());
    }
    String text = account.orElse(DEFAULT_ACCOUNT);
    int slash = text.indexOf('/');
    return new Grantee.ServiceAccount(
        slash < 0 ? namespace : text.substring(0, slash), text.substring(slash + 1));
  }
}
