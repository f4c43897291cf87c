package dev.freshet.testkit.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.testkit.TestkitException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A small shell process that ends our children and removes their directory when this JVM dies.
 *
 * <p>It reads its standard input, a pipe that only the JVM holds open: the kernel closes it however
 * the JVM ends, SIGKILL included, so no shutdown hook is needed. A child starts behind a gate: its
 * shell waits for a line, is made known to the reaper, and only then becomes the program (under the
 * same process id). There is no moment at which a child runs that nobody would end. Thread-safe.
 */
public final class Reaper implements AutoCloseable {
  private static final long CLOSE_DEADLINE_SECONDS = 10;

  /** Arguments: the directory. Ignores signals: those of a terminal reach the whole group. */
  private static final String REAP =
      """
      trap '' HUP INT TERM
      pids=
      while read -r verb pid; do
        case $verb in
          watch) pids="$pids $pid" ;;
          forget) kept=; for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done; pids=$kept ;;
          release) exit 0 ;;
        esac
      done
      for p in $pids; do kill -KILL "$p"; done
      tries=50
      while rm -rf "$1"; [ -e "$1" ] && [ $tries -gt 0 ]; do tries=$((tries - 1)); sleep 0.1; done
      """;

  /** Arguments: the command. SIGHUP is ignored so that a detached program outlives its terminal. */
  private static final String GATE = "trap '' HUP; read -r go || exit 125; exec \"$@\" </dev/null";

  private final Process shell;
  private final BufferedWriter orders;

  private Reaper(Process shell) {
    this.shell = shell;
    this.orders = shell.outputWriter(US_ASCII);
  }

  /** Starts a reaper that removes {@code directory} at the end. */
  public static Reaper guarding(Path directory) {
    var command = List.of("sh", "-c", REAP, "freshet-reaper", directory.toString());
    try {
      return new Reaper(
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new TestkitException("Cannot start sh, which the testkit needs on the PATH.", e);
    }
  }

  /**
   * Starts a guarded process.
   *
   * @param command the program and its arguments
   * @param environment variables added to this JVM's own
   * @param directory the working directory
   * @param log the file to which its output is appended
   * @throws TestkitException when it cannot be started
   */
  public GuardedProcess launch(
      List<String> command, Map<String, String> environment, Path directory, Path log) {
    var gated = new ArrayList<>(List.of("sh", "-c", GATE, "freshet-gate"));
    gated.addAll(command);
    var builder =
        new ProcessBuilder(gated)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      order("watch " + process.pid());
      var unused = process.onExit().thenAccept(ended -> forget(ended.pid()));
      try (var gate = process.outputWriter(US_ASCII)) {
        gate.write("go\n");
      }
      return new GuardedProcess(process);
    } catch (IOException e) {
      throw new TestkitException("Cannot start " + command.getFirst() + ".", e);
    }
  }

  /** Lets the children live on after this JVM and keeps the directory. */
  public void release() {
    try {
      order("release");
    } catch (IOException e) {
      throw new TestkitException("The reaper has ended; something outside killed it.", e);
    }
    close();
  }

  /** Kills the children that still run and removes the directory; idempotent. */
  @Override
  public void close() {
    try {
      orders.close();
    } catch (IOException alreadyGone) {
      // A reaper that has been released or killed reads no more; there is nobody left to tell.
    }
    try {
      if (!shell.waitFor(CLOSE_DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget(long pid) {
    try {
      order("forget " + pid);
    } catch (IOException closed) {
      // The reaper is being closed, and it knows better which of its pids still run.
    }
  }

  private synchronized void order(String line) throws IOException {
    orders.write(line + "\n");
    orders.flush();
  }
}
