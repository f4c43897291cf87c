package dev.freshet.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command prints, and what it may assume of the reader. Results go to {@code out}, all else
 * to {@code err}.
 *
 * @param outIsTerminal whether a person sees {@code out} directly
 * @param errIsTerminal whether a person sees {@code err} directly, so that a line may be rewritten
 * @param environment the environment variables
 */
record Console(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment) {

  private static final int BUFFER_BYTES = 64 << 10;

  /** The one of this process. */
  static Console system() {
    var out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    return new Console(out, err, isTerminal(1), isTerminal(2), System.getenv());
  }

  /** A text in bold, if {@code out} may be coloured. */
  String bold(String text) {
    return colours(outIsTerminal) ? "\033[1m" + text + "\033[m" : text;
  }

  /** An error's first word in red, if {@code err} may be coloured. */
  String red(String text) {
    return colours(errIsTerminal) ? "\033[1;31m" + text + "\033[m" : text;
  }

  /** A warning's first word in yellow, if {@code err} may be coloured. */
  String yellow(String text) {
    return colours(errIsTerminal) ? "\033[33m" + text + "\033[m" : text;
  }

  /** Tells what the user should know although the command goes on. */
  void warn(String problem, String remedy) {
    err.println(yellow("warning:") + " " + problem);
    err.println("  " + remedy);
  }

  /** Whether help may be coloured. */
  boolean coloursOut() {
    return colours(outIsTerminal);
  }

  /** Whether {@code out} can be drawn over. */
  boolean rewritesOut() {
    return outIsTerminal && !"dumb".equals(environment.get("TERM"));
  }

  /** Whether {@code err} can rewrite its last line. */
  boolean rewritesErr() {
    return errIsTerminal && !"dumb".equals(environment.get("TERM"));
  }

  /** By <a href="https://no-color.org">no-color.org</a>: any text but an empty one forbids. */
  private boolean colours(boolean terminal) {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /**
   * Asked of Linux, since the JDK cannot tell one stream from another; elsewhere the answer is no,
   * which costs colours and nothing else.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
