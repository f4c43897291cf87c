package dev.freshet.testkit.controlplane;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of etcd: one member, on loopback, in plain HTTP. */
final class Etcd {
  private static final long QUOTA_BYTES = 8L << 30;

  private Etcd() {}

  /** Where it keeps its data. */
  static Path data(Path directory) {
    return directory.resolve("etcd");
  }

  static List<String> command(
      Path program, URI client, URI peer, Path directory, List<String> extraFlags) {
    var command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--name=default",
                "--data-dir=" + data(directory),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                // The data need not survive a loss of power, only of the process.
                "--unsafe-no-fsync",
                "--quota-backend-bytes=" + QUOTA_BYTES,
                "--log-level=warn"));
    command.addAll(extraFlags);
    return List.copyOf(command);
  }
}
