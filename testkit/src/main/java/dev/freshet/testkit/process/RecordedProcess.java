package dev.freshet.testkit.process;

import dev.freshet.testkit.TestkitException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process as one JVM writes it down for another: enough to know it again, for its process id
 * alone may have passed to somebody else's process.
 *
 * @param name what to call it in messages
 * @param pid its process id
 * @param started when it started, as the system tells
 * @param program the file that it runs
 */
public record RecordedProcess(String name, long pid, Instant started, String program) {
  /** The system's own time of boot, from which start times are told, may move a little. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

  /** Writes down a running process. */
  public static RecordedProcess of(String name, long pid) {
    var info = ProcessHandle.of(pid).map(ProcessHandle::info);
    return new RecordedProcess(
        name,
        pid,
        info.flatMap(ProcessHandle.Info::startInstant).orElseThrow(() -> ended(name)),
        info.flatMap(ProcessHandle.Info::command).orElseThrow(() -> ended(name)));
  }

  /** Whether the very process that was written down still runs. */
  public boolean alive() {
    return handle().isPresent();
  }

  /** Asks it to end, waits at most {@code grace}, then kills it; never another process. */
  public void stop(Duration grace) {
    handle()
        .ifPresent(
            process -> {
              Signal.CONT.sendTo(pid);
              process.destroy();
            });
    if (!awaitEnd(grace)) {
      handle().ifPresent(ProcessHandle::destroyForcibly);
      awaitEnd(KILL_DEADLINE);
    }
  }

  private boolean awaitEnd(Duration atMost) {
    return Poll.until(name + " to end", atMost, () -> !alive());
  }

  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheSame);
  }

  private boolean isTheSame(ProcessHandle other) {
    var info = other.info();
    boolean sameStart =
        info.startInstant()
            .map(start -> Duration.between(start, started).abs().compareTo(START_TOLERANCE) <= 0)
            .orElse(false);
    return sameStart && info.command().equals(Optional.of(program));
  }

  private static TestkitException ended(String name) {
    return new TestkitException(name + " has ended while it was being written down.");
  }
}
