package dev.freshet.cli;

import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.DetachedControlPlane;
import dev.freshet.testkit.controlplane.DetachedControlPlane.Started;
import dev.freshet.testkit.controlplane.DetachedControlPlane.Status;
import dev.freshet.testkit.controlplane.RunningControlPlane;
import java.net.URI;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet control-plane}: a real API server that goes on after the command. */
@Command(
    name = "control-plane",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Keeps a real etcd and kube-apiserver running on 127.0.0.1, to play with.",
      "There are no controllers, no scheduler and no kubelets.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  export KUBECONFIG=$(freshet control-plane up)",
      "  freshet control-plane up --servers 2",
      "  freshet control-plane down"
    })
final class ControlPlaneCommand implements Runnable {

  private final Console console;
  private final DetachedControlPlane plane;

  @Spec private CommandSpec spec = CommandSpec.create();

  ControlPlaneCommand(Console console, DetachedControlPlane plane) {
    this.console = console;
    this.plane = plane;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given");
  }

  @Command(
      description = "Starts it, unless it is up, and prints the path of its kubeconfig.",
      footer = {"", "Example:", "  export KUBECONFIG=$(freshet control-plane up)"})
  int up(
      @Option(
              names = "--servers",
              paramLabel = "N",
              defaultValue = "1",
              description = "How many API servers over one etcd. Default ${DEFAULT-VALUE}.")
          int servers) {
    if (servers < 1 || servers > ControlPlaneOptions.MAX_SERVERS) {
      CommandLine up = spec.commandLine().getSubcommands().getOrDefault("up", spec.commandLine());
      throw new ParameterException(
          up, "--servers is 1 to " + ControlPlaneOptions.MAX_SERVERS + ", not " + servers);
    }
    Started started;
    try (var progress = new ProgressLine(console)) {
      progress.begin("starting etcd and kube-apiserver");
      started = plane.up(ControlPlaneOptions.standard().servers(servers).telling(progress));
    }
    RunningControlPlane running = started.plane();
    console.err().println((started.already() ? "Already up: " : "Up: ") + servers(running));
    console.err().println("  as administrator   export KUBECONFIG=" + running.kubeconfig());
    console.err().println("  as a common user   export KUBECONFIG=" + running.testKubeconfig());
    console.err().println("  to end it          freshet control-plane down");
    console.out().println(running.kubeconfig());
    return ExitCode.OK;
  }

  @Command(description = "Ends it and removes its files.", footer = "")
  int down() {
    console
        .err()
        .println(
            plane.down().map(ended -> "Ended " + servers(ended)).orElse("Nothing was running."));
    return ExitCode.OK;
  }

  @Command(
      description = "Says whether it is up; fails if some of its processes have ended.",
      footer = "")
  int status() {
    return switch (plane.status()) {
      case Status.Down down -> {
        console.err().println("Down.");
        yield ExitCode.OK;
      }
      case Status.Up up -> {
        console.err().println("Up: " + servers(up.plane()));
        console.out().println(up.plane().kubeconfig());
        yield ExitCode.OK;
      }
      case Status.Broken broken ->
          throw new CommandFailure(
              "the control plane is broken: " + String.join(", ", broken.ended()) + " ended",
              "\"freshet control-plane up\" starts it anew; logs are in "
                  + broken.plane().directory()
                  + ".");
    };
  }

  private static String servers(RunningControlPlane plane) {
    return plane.servers().stream().map(URI::toString).collect(Collectors.joining(", "));
  }
}
