package dev.freshet.cli;

import java.util.Arrays;

/** Where the {@code freshet} command begins. */
public final class Main {

  private static final String DEBUG_OPTION = "--debug";
  private static final String DEBUG_VARIABLE = "FRESHET_DEBUG";
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private Main() {}

  public static void main(String[] args) {
    if (Version.isAll(args)) {
      // Without an exit, which wakes up the JDK's loggers.
      System.out.println(Version.text());
      return;
    }
    Console console = Console.system();
    boolean debug = debug(console, args);
    if (debug) {
      // Before the first logger is made, and so before the options are parsed.
      System.setProperty(LOG_LEVEL, "debug");
    }
    int code = run(console, args);
    console.out().flush();
    System.exit(code);
  }

  /** Runs one command to its end; returns the exit code. */
  static int run(Console console, String... args) {
    int code = CommandLineRun.of(console, debug(console, args), args);
    console.out().flush();
    return code;
  }

  private static boolean debug(Console console, String... args) {
    return Arrays.asList(args).contains(DEBUG_OPTION)
        || !console.environment().getOrDefault(DEBUG_VARIABLE, "").isEmpty();
  }
}
