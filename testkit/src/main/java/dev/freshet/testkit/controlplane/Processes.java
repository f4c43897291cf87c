package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.binaries.Binaries;
import dev.freshet.testkit.process.Directories;
import dev.freshet.testkit.process.Reaper;
import dev.freshet.testkit.process.RecordedProcess;
import dev.freshet.testkit.process.Signal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The processes of one control plane, their directory and the reaper that guards both. */
final class Processes implements AutoCloseable {
  private static final Duration END_GRACE = Duration.ofSeconds(3);

  private final Path directory;
  private final Reaper reaper;
  private final Server etcd;
  private final List<Server> servers;
  private final AtomicInteger backups = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Processes(Path directory, Reaper reaper, Server etcd, List<Server> servers) {
    this.directory = directory;
    this.reaper = reaper;
    this.etcd = etcd;
    this.servers = servers;
  }

  /** Writes the files and chooses the ports; starts nothing but the reaper. */
  static Processes prepare(
      Binaries binaries,
      CertificateAuthority authority,
      Path directory,
      ControlPlaneOptions options) {
    Reaper reaper = Reaper.guarding(directory);
    try {
      Files.createDirectories(directory);
      var layout = Layout.choose(binaries, authority, directory, options);
      var servers =
          layout.servers().stream()
              .map(definition -> new Server(definition, reaper, options.readyWithin()))
              .toList();
      var etcd = new Server(layout.etcd(), reaper, options.readyWithin());
      return new Processes(directory, reaper, etcd, servers);
    } catch (IOException e) {
      reaper.close();
      throw new TestkitException("Cannot write to " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Starts all together (an API server waits for its etcd) and awaits each. */
  void start() {
    etcd.launch();
    servers.forEach(Server::launch);
    etcd.awaitReady();
    servers.forEach(Server::awaitReady);
  }

  List<URI> uris() {
    return servers.stream().map(Server::uri).toList();
  }

  List<Server> servers() {
    return servers;
  }

  Server etcd() {
    return etcd;
  }

  EtcdBackup backUpEtcd() {
    Path copy = directory.resolve("etcd-backup-" + backups.incrementAndGet());
    etcd.pause();
    try {
      return EtcdBackup.of(Etcd.data(directory), copy);
    } finally {
      etcd.resume();
    }
  }

  void restoreEtcd(EtcdBackup backup) {
    etcd.kill();
    backup.restoreTo(Etcd.data(directory));
    etcd.start();
  }

  /** What another JVM needs to end them: the API servers first, then etcd. */
  List<RecordedProcess> recorded() {
    return Stream.concat(servers.stream(), Stream.of(etcd))
        .map(server -> RecordedProcess.of(server.name(), server.current().orElseThrow().pid()))
        .toList();
  }

  void detach() {
    if (closed.compareAndSet(false, true)) {
      reaper.release();
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // All are asked at once; then each is waited for.
    servers.forEach(server -> server.current().ifPresent(p -> p.signal(Signal.CONT)));
    servers.forEach(server -> server.current().ifPresent(p -> p.signal(Signal.TERM)));
    servers.forEach(server -> server.end(END_GRACE));
    etcd.end(END_GRACE);
    reaper.close();
    try {
      Directories.remove(directory);
    } catch (IOException e) {
      throw new TestkitException("Cannot remove " + directory + "; remove it by hand.", e);
    }
  }
}
