package dev.freshet.testkit.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A running child of this JVM that a {@link Reaper} ends when the JVM dies. Thread-safe. */
public final class GuardedProcess {
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

  private final Process process;

  GuardedProcess(Process process) {
    this.process = process;
  }

  /** Its process id; the program keeps it from start to end. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs; a stopped process does. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Its exit code (128 + signal when a signal ended it); an error while it runs. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Sends a signal; does nothing when the process has ended. */
  public void signal(Signal signal) {
    if (process.isAlive()) {
      signal.sendTo(pid());
    }
  }

  /** Waits for the end, at most {@code atMost}; says whether it came. */
  public boolean awaitExit(Duration atMost) {
    try {
      return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  /** Asks the process to end, waits at most {@code grace}, then kills it. */
  public void stop(Duration grace) {
    signal(Signal.CONT);
    process.destroy();
    if (!awaitExit(grace)) {
      kill();
    }
  }

  /** Kills the process and waits for its end. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(KILL_DEADLINE);
  }
}
