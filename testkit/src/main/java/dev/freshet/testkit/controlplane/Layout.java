package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.binaries.Binaries;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Which processes a control plane consists of, on which ports and with which files. */
record Layout(Server.Definition etcd, List<Server.Definition> servers) {
  private static final int PORTS_OF_ETCD = 2;

  /** Chooses free ports and writes the keys into {@code directory}. */
  static Layout choose(
      Binaries binaries,
      CertificateAuthority authority,
      Path directory,
      ControlPlaneOptions options)
      throws IOException {
    List<Integer> ports =
        Ports.free(PORTS_OF_ETCD + options.servers(), ThreadLocalRandom.current());
    var readiness = new Readiness(authority);
    var etcd = etcd(binaries, ports, directory, options, readiness);
    KeyFiles keys = KeyFiles.write(authority, directory);
    Optional<Path> tokens = TokenFile.write(options.tokens(), directory);
    List<Server.Definition> servers = new ArrayList<>();
    for (int i = 0; i < options.servers(); i++) {
      String name = "kube-apiserver-" + i;
      URI uri = URI.create("https://127.0.0.1:" + ports.get(PORTS_OF_ETCD + i));
      List<String> command =
          KubeApiserver.command(
              binaries.kubeApiserver(),
              uri,
              options.etcdRoute().of(i, etcd.uri()),
              keys,
              directory.resolve(name),
              tokens,
              options.serverFlags());
      servers.add(
          new Server.Definition(
              name,
              uri,
              command,
              KubeApiserver.environment(System.getenv()),
              directory,
              () -> readiness.of(uri)));
    }
    return new Layout(etcd, List.copyOf(servers));
  }

  private static Server.Definition etcd(
      Binaries binaries,
      List<Integer> ports,
      Path directory,
      ControlPlaneOptions options,
      Readiness readiness) {
    URI client = URI.create("http://127.0.0.1:" + ports.get(0));
    URI peer = URI.create("http://127.0.0.1:" + ports.get(1));
    return new Server.Definition(
        "etcd",
        client,
        Etcd.command(binaries.etcd(), client, peer, directory, options.etcdFlags()),
        Map.of(),
        directory,
        () -> readiness.of(client));
  }
}
