package dev.freshet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet fence}: what fences need. */
@Command(
    name = "fence",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "What fences need: the proofs that a cache is current.",
      "A probe and a bookmark watch only read; a touch writes into an object of yours.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  freshet fence rbac -n shop --touch sentinel | kubectl apply -f -"
    })
final class FenceCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given");
  }
}
