package dev.freshet.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What picocli makes of a command line. Apart from {@link Main}, which may do without picocli. */
final class CommandLineRun {

  private CommandLineRun() {}

  /** Runs one command to its end; returns the exit code. */
  static int of(Console console, boolean debug, String... args) {
    var report = new ErrorReport(console, debug);
    return FreshetCommand.commandLine(console, args)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(console.coloursOut() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler((failure, ignored) -> report.usage(failure))
        .setExecutionExceptionHandler((failure, command, parsed) -> report.failed(failure))
        .execute(args);
  }
}
