package dev.freshet.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands; alone it only asks for one. */
@Command(
    name = "freshet",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = FreshetCommand.VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {"Reads Kubernetes with the consistency you name, and says what it got.", ""},
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  freshet demo                          try it: no cluster needed",
      "  freshet list pods -n ray              as kubectl get, linearizable",
      "  freshet list pods -A --consistency cached -o wide",
      "  freshet watch pods -n ray             each change, across restarts",
      "  freshet staleness pods nodes -A       how far caches are behind, live",
      "  freshet top pods nodes -A             callers, caches and the server's load",
      "  freshet compare pods -A -l app=web    cached and direct side by side",
      "  freshet doctor                        what your cluster and user offer",
      "  freshet advise 4711                   what a running program reads too dearly",
      "  freshet control-plane up              a real API server to play with",
      "",
      "Exit codes: 0 done, 1 failed, 2 usage."
    })
final class FreshetCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Log what happens, and print stack traces. Also: FRESHET_DEBUG=1.")
  @SuppressWarnings("UnusedVariable") // Main looks for it before options are parsed.
  private boolean debug;

  private FreshetCommand() {}

  /**
   * @param args what is to be parsed: commands that it cannot mean are left out
   */
  static CommandLine commandLine(Console console, String... args) {
    var line = new CommandLine(new FreshetCommand());
    new Subcommands(console).meantBy(args).forEach(line::addSubcommand);
    return line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(false)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given");
  }

  /** For picocli, where more was typed than that. */
  static final class VersionText implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Version.text()};
    }
  }
}
