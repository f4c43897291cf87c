package dev.freshet.cli;

import dev.freshet.cli.webhook.Deployment;
import dev.freshet.cli.webhook.Manifests;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet webhook manifests}: what to apply for a webhook, as YAML. */
@Command(
    name = "manifests",
    sortOptions = false,
    description = {
      "Prints what a webhook made with freshet-webhook needs in a cluster: its registration, "
          + "service, account, rights as few as will do, and seats of its own at the API server. "
          + "No server is asked.",
      "The workload is yours: its Pods carry the label app.kubernetes.io/name=NAME and listen on "
          + "port 8443.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  freshet webhook manifests ray-workers -n ray-system --fence fence --constraint ray-workers",
      "  freshet webhook manifests names -n shop --resource deployments.apps --ca ca.crt",
      "  freshet webhook manifests quota -n shop --self-made-keys | kubectl apply -f -",
      "  freshet webhook manifests --api-server > /etc/kubernetes/admission.yaml"
    })
final class WebhookManifestsCommand implements Callable<Integer> {

  /** Of all that a request waits for, a webhook should be little. */
  private static final int MAX_TIMEOUT_SECONDS = 5;

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Of the webhook, its service and its account.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Where it runs. Default default.")
  private String namespace = "default";

  @Option(
      names = "--resource",
      paramLabel = "PLURAL[.GROUP]",
      description = "What it reviews, at version v1. Default pods.")
  private String resource = "pods";

  @Option(
      names = "--operations",
      split = ",",
      paramLabel = "OPERATION",
      description = "Default CREATE,UPDATE.")
  private List<String> operations = List.of("CREATE", "UPDATE");

  @Option(names = "--mutating", description = "It changes objects.")
  private boolean mutating;

  @Option(
      names = "--failure-policy",
      paramLabel = "Fail|Ignore",
      description = "Where no answer comes at all. Default Fail.")
  private String failurePolicy = "Fail";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long the API server waits, 1 to 5. Default 5.")
  private int timeoutSeconds = MAX_TIMEOUT_SECONDS;

  @Option(
      names = "--exempt",
      split = ",",
      paramLabel = "NS",
      description = "Namespaces that it does not review, beside its own. Default kube-system.")
  private List<String> exempt = List.of("kube-system");

  @Option(
      names = "--fence",
      paramLabel = "NAME",
      description = "The Pod that it makes in its namespace to touch; see freshet fence.")
  private Optional<String> fence = Optional.empty();

  @Option(
      names = "--constraint",
      split = ",",
      paramLabel = "NAME",
      description = "A constraint whose claims it keeps in ConfigMaps of its namespace.")
  private List<String> constraints = List.of();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "The authority of its certificate, PEM. Left out if something injects it.")
  private Optional<Path> authority = Optional.empty();

  @Option(
      names = "--self-made-keys",
      description = "It makes its certificates itself (SelfMadeKeys), and needs the rights to.")
  private boolean selfMadeKeys;

  @Option(
      names = "--api-server",
      description = {
        "Print instead what makes kube-apiserver show a client certificate to webhooks, which "
            + "they demand."
      })
  private boolean apiServer;

  WebhookManifestsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (apiServer) {
      console.out().print(Manifests.apiServerConfiguration());
      console.out().flush();
      return ExitCode.OK;
    }
    for (HasMetadata object : new Manifests(deployment()).objects()) {
      console.out().print(Yaml.document(object));
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private Deployment deployment() {
    if (timeoutSeconds < 1 || timeoutSeconds > MAX_TIMEOUT_SECONDS) {
      throw usage("--timeout is 1 to " + MAX_TIMEOUT_SECONDS + ": every request waits so long");
    }
    if (!failurePolicy.equals("Fail") && !failurePolicy.equals("Ignore")) {
      throw usage("--failure-policy is Fail or Ignore, not " + failurePolicy);
    }
    if (fence.isPresent() && !resource.equals("pods")) {
      throw usage("--fence makes a Pod, which a cache of " + resource + " never shows");
    }
    if (selfMadeKeys && authority.isPresent()) {
      throw usage("--ca is for certificates of somebody else, --self-made-keys for its own");
    }
    if (name.isEmpty()) {
      throw usage("The webhook needs a NAME");
    }
    return new Deployment(
        name.get(),
        namespace,
        type(),
        operations,
        mutating,
        failurePolicy,
        timeoutSeconds,
        exempt,
        fence,
        constraints,
        selfMadeKeys,
        authority.map(WebhookManifestsCommand::read));
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private ResourceType type() {
    int dot = resource.indexOf('.');
    String plural = dot < 0 ? resource : resource.substring(0, dot);
    String group = dot < 0 ? "" : resource.substring(dot + 1);
    return new ResourceType(group, "v1", plural, plural, true);
  }

  private static String read(Path file) {
    try {
      String pem = Files.readString(file);
      if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
        throw new CommandFailure(file + " holds no certificate", "Name a PEM file.");
      }
      return pem;
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file, "Name a PEM file that you may read.");
    }
  }
}
