package dev.freshet.cli;

import dev.freshet.error.FreshetException;
import dev.freshet.error.InvalidSelectorException;
import dev.freshet.testkit.TestkitException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells a user what went wrong: one line of cause, then what to do; no stack trace unless asked.
 */
final class ErrorReport {

  private final Console console;
  private final boolean debug;

  ErrorReport(Console console, boolean debug) {
    this.console = console;
    this.debug = debug;
  }

  /** A failure while a command ran; returns the exit code. */
  int failed(Exception failure) {
    console.out().flush();
    int code =
        switch (failure) {
          case InvalidSelectorException e -> selector(e);
          case FreshetException e -> print(ExitCode.FAILED, e.problem(), e.remedy());
          case CommandFailure e -> print(ExitCode.FAILED, e.problem(), e.remedy());
          case BadValueException e -> print(ExitCode.USAGE, oneLine(e.getMessage()), e.remedy());
          case TestkitException e -> testkit(e);
          default -> unexpected(failure);
        };
    if (debug) {
      failure.printStackTrace(console.err());
    }
    return code;
  }

  /** Something typed that makes no sense; returns the exit code. */
  int usage(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String problem = oneLine(failure.getMessage());
    if (failure.getCause() instanceof BadValueException bad) {
      return print(ExitCode.USAGE, problem, bad.remedy());
    }
    // A misspelt command or option gets its near names; a surplus argument has none.
    boolean suggested =
        failure instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty();
    String near =
        suggested
            ? "Did you mean "
                + String.join(", ", ((UnmatchedArgumentException) failure).getSuggestions())
                + "? "
            : "";
    String help =
        "Run \"" + command.getCommandSpec().qualifiedName() + " --help\" for what it takes.";
    return print(ExitCode.USAGE, problem, near + help);
  }

  private int selector(InvalidSelectorException e) {
    print(ExitCode.USAGE, e.problem(), e.remedy());
    console.err().println("    " + e.selector());
    console.err().println("    " + " ".repeat(e.position()) + "^");
    return ExitCode.USAGE;
  }

  /** The testkit's messages are sentences: the first is the cause. */
  private int testkit(TestkitException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf(". ");
    return end < 0
        ? print(ExitCode.FAILED, message, "Run again with --debug for more.")
        : print(ExitCode.FAILED, message.substring(0, end), message.substring(end + 2));
  }

  private int unexpected(Exception failure) {
    return print(
        ExitCode.FAILED,
        "unexpected " + oneLine(failure.toString()),
        "This is a defect of Freshet: run again with --debug and report what it prints.");
  }

  private int print(int code, String problem, String remedy) {
    console.err().println(console.red("error:") + " " + problem);
    console.err().println("  " + remedy);
    return code;
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }
}
