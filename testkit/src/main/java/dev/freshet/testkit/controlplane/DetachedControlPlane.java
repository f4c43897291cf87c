package dev.freshet.testkit.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.binaries.Binaries;
import dev.freshet.testkit.process.Directories;
import dev.freshet.testkit.process.LockFile;
import dev.freshet.testkit.process.RecordedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one control plane that goes on after the command that started it: {@code freshet
 * control-plane up} and {@code down}.
 *
 * <p>What runs is written down in {@code ${XDG_STATE_HOME:-~/.local/state}/freshet/control-plane/}:
 * with the state and not in the cache, since whoever empties a cache should not lose sight of
 * processes. Processes are ended by their recorded ids, and only while start time and program are
 * the recorded ones too. Commands that run at the same time wait for each other.
 */
public final class DetachedControlPlane {
  private static final Duration OTHER_COMMAND_WITHIN = Duration.ofMinutes(2);
  private static final Duration END_GRACE = Duration.ofSeconds(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;

  private DetachedControlPlane(Path directory) {
    this.directory = directory;
  }

  /** The one of this user. */
  public static DetachedControlPlane ofThisUser() {
    return in(Directories.state(System.getenv()).resolve("control-plane"));
  }

  /** One that keeps its state and its files in {@code directory}. */
  public static DetachedControlPlane in(Path directory) {
    return new DetachedControlPlane(directory);
  }

  /** What is known of it. */
  public sealed interface Status {
    /** Nothing runs. */
    record Down() implements Status {}

    /** All its processes run. */
    record Up(RunningControlPlane plane) implements Status {}

    /** Some of its processes have ended; {@link #down} ends the others. */
    record Broken(RunningControlPlane plane, List<String> ended) implements Status {}
  }

  /**
   * The answer of {@link #up}.
   *
   * @param plane what runs now
   * @param already whether it ran before, so that the options were not looked at
   */
  public record Started(RunningControlPlane plane, boolean already) {}

  /** Looks at the recorded processes; does not ask them anything. */
  public Status status() {
    Optional<RunningControlPlane> recorded = read();
    if (recorded.isEmpty()) {
      return new Status.Down();
    }
    RunningControlPlane plane = recorded.get();
    List<String> ended =
        plane.processes().stream()
            .filter(process -> !process.alive())
            .map(RecordedProcess::name)
            .toList();
    if (ended.isEmpty()) {
      return new Status.Up(plane);
    }
    return ended.size() == plane.processes().size()
        ? new Status.Down()
        : new Status.Broken(plane, ended);
  }

  /**
   * Starts one, unless it is up already. The remains of a broken one are ended first.
   *
   * @throws dev.freshet.testkit.binaries.MissingBinariesException when there are no programs
   * @throws StartException when a process dies or is not ready in time
   */
  public Started up(ControlPlaneOptions options) {
    LockFile held = lock();
    try {
      if (status() instanceof Status.Up up) {
        return new Started(up.plane(), true);
      }
      end();
      return new Started(start(options), false);
    } finally {
      held.close();
    }
  }

  /** Ends what runs and removes its files; returns what it ended, if anything. */
  public Optional<RunningControlPlane> down() {
    if (!Files.exists(stateFile())) {
      return Optional.empty();
    }
    LockFile held = lock();
    try {
      return end();
    } finally {
      held.close();
    }
  }

  private RunningControlPlane start(ControlPlaneOptions options) {
    Binaries binaries = options.binaries().find();
    ControlPlane plane = ControlPlane.startIn(directory.resolve("work"), binaries, options);
    try {
      var running =
          new RunningControlPlane(
              plane.kubeconfig(User.ADMIN),
              plane.kubeconfig(User.TEST),
              uris(plane),
              plane.etcd().uri(),
              directory.resolve("work"),
              plane.recorded());
      PrivateFile.write(stateFile(), JSON.writeValueAsString(running));
      plane.detach();
      return running;
    } catch (IOException | RuntimeException e) {
      plane.close();
      throw new TestkitException("Cannot write down the control plane in " + stateFile() + ".", e);
    }
  }

  private Optional<RunningControlPlane> end() {
    Optional<RunningControlPlane> recorded = read();
    recorded.ifPresent(plane -> plane.processes().forEach(process -> process.stop(END_GRACE)));
    try {
      Directories.remove(directory.resolve("work"));
      Files.deleteIfExists(stateFile());
    } catch (IOException e) {
      throw new TestkitException("Cannot remove the files in " + directory + ".", e);
    }
    return recorded;
  }

  private Optional<RunningControlPlane> read() {
    if (!Files.exists(stateFile())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          JSON.readValue(Files.readString(stateFile(), UTF_8), RunningControlPlane.class));
    } catch (IOException | JacksonException e) {
      throw new TestkitException(
          "%s cannot be read (%s). End the etcd and kube-apiserver that may still run, then remove it."
              .formatted(stateFile(), e.getMessage()),
          e);
    }
  }

  private LockFile lock() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new TestkitException("Cannot create " + directory + ".", e);
    }
    Path file = directory.resolve("lock");
    return LockFile.acquire(file, "another control-plane command", OTHER_COMMAND_WITHIN, () -> {})
        .orElseThrow(
            () ->
                new TestkitException(
                    "Another command has held %s for %d s. Wait for it, or end it."
                        .formatted(file, OTHER_COMMAND_WITHIN.toSeconds())));
  }

  private Path stateFile() {
    return directory.resolve("running.json");
  }

  private static List<URI> uris(ControlPlane plane) {
    return IntStream.range(0, plane.servers()).mapToObj(i -> plane.server(i).uri()).toList();
  }
}
