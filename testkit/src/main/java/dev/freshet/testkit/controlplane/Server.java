package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.process.GuardedProcess;
import dev.freshet.testkit.process.LogTail;
import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.process.Reaper;
import dev.freshet.testkit.process.Signal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One process of a control plane, etcd or an API server, with handles for faults: it can be
 * stopped, killed, paused and started again on the same port with the same data. Thread-safe.
 */
public final class Server {
  private static final Duration STOP_GRACE = Duration.ofSeconds(20);

  private final Definition definition;
  private final Reaper reaper;
  private final Duration readyWithin;
  private Optional<GuardedProcess> process = Optional.empty();

  /**
   * What a server is before it runs.
   *
   * @param ready asks the running process whether it is ready; bounded, and false on any failure
   */
  record Definition(
      String name,
      URI uri,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      BooleanSupplier ready) {
    Path log() {
      return directory.resolve(name + ".log");
    }
  }

  Server(Definition definition, Reaper reaper, Duration readyWithin) {
    this.definition = definition;
    this.reaper = reaper;
    this.readyWithin = readyWithin;
  }

  /** Its name in messages, such as {@code kube-apiserver-0}. */
  public String name() {
    return definition.name();
  }

  /** Where clients reach it; the same after each start. */
  public URI uri() {
    return definition.uri();
  }

  /** The file to which it logs, over all its starts. */
  public Path log() {
    return definition.log();
  }

  /** Whether its process runs; a paused one does. */
  public boolean alive() {
    return current().map(GuardedProcess::alive).orElse(false);
  }

  /**
   * Starts it, if it does not run, and waits until it is ready.
   *
   * @throws StartException when it dies or is not ready within the plane's {@code readyWithin}
   */
  public void start() {
    launch();
    awaitReady();
  }

  /** Asks it to end and waits; kills it after 20 s. Does nothing when it does not run. */
  public void stop() {
    current().ifPresent(running -> running.stop(STOP_GRACE));
  }

  /** Kills it (SIGKILL) and waits for its end. Does nothing when it does not run. */
  public void kill() {
    current().ifPresent(GuardedProcess::kill);
  }

  /** Stops it without ending it (SIGSTOP): connections stay open and nothing answers. */
  public void pause() {
    current().ifPresent(running -> running.signal(Signal.STOP));
  }

  /** Lets it go on after {@link #pause} (SIGCONT). */
  public void resume() {
    current().ifPresent(running -> running.signal(Signal.CONT));
  }

  synchronized void launch() {
    if (!alive()) {
      process =
          Optional.of(
              reaper.launch(
                  definition.command(),
                  definition.environment(),
                  definition.directory(),
                  definition.log()));
    }
  }

  void awaitReady() {
    boolean ready =
        Poll.until(
            name() + " to become ready",
            readyWithin,
            () -> {
              demandAlive();
              return definition.ready().getAsBoolean();
            });
    if (!ready) {
      throw new NotReadyException(name(), readyWithin, LogTail.of(log()));
    }
  }

  /** Ends it for good, with little patience: its data are thrown away. */
  void end(Duration grace) {
    current().ifPresent(running -> running.stop(grace));
  }

  synchronized Optional<GuardedProcess> current() {
    return process;
  }

  private void demandAlive() {
    GuardedProcess running = current().orElseThrow();
    if (!running.alive()) {
      throw new ProcessDiedException(name(), running.exitCode(), LogTail.of(log()));
    }
  }
}
