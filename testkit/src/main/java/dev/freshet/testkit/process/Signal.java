package dev.freshet.testkit.process;

import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The signals that the testkit sends, under their POSIX names. */
public enum Signal {
  /** Asks to end. */
  TERM,
  /** Ends at once; works on stopped processes too. */
  KILL,
  /** Stops without ending. */
  STOP,
  /** Goes on after {@link #STOP}. */
  CONT;

  private static final long DEADLINE_SECONDS = 10;

  /** Sends this signal; does nothing when there is no such process. */
  public void sendTo(long pid) {
    // Java can send only TERM and KILL; kill is a builtin of every POSIX shell.
    var command = List.of("sh", "-c", "kill -" + name() + " \"$1\"", "sh", Long.toString(pid));
    try {
      Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (!kill.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
        throw new TestkitException("Sending " + this + " to process " + pid + " took too long.");
      }
    } catch (IOException e) {
      throw new TestkitException("Cannot send " + this + " to process " + pid + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("Interrupted while sending " + this + " to " + pid + ".", e);
    }
  }
}
