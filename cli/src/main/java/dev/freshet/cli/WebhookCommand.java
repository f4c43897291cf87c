package dev.freshet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet webhook}: what admission webhooks need. */
@Command(
    name = "webhook",
    synopsisSubcommandLabel = "COMMAND",
    description = {"What admission webhooks need.", ""},
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  freshet webhook manifests ray-workers -n ray-system --fence fence | kubectl apply -f -"
    })
final class WebhookCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given");
  }
}
