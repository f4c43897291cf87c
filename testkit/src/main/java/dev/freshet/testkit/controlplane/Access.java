package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.TestkitException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How users reach the API servers: credentials, client configurations, kubeconfig files. */
final class Access implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final CertificateAuthority authority;
  private final List<URI> servers;
  private final Path directory;
  private final Map<User, Credential> credentials = new ConcurrentHashMap<>();
  private final Map<Seat, KubernetesClient> clients = new ConcurrentHashMap<>();

  /** One user at one API server. */
  private record Seat(User user, int server) {}

  Access(CertificateAuthority authority, List<URI> servers, Path directory) {
    this.authority = authority;
    this.servers = List.copyOf(servers);
    this.directory = directory;
  }

  Config config(User user, int server) {
    Credential credential = credential(user);
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(servers.get(server).toString())
        .withNamespace("default")
        .withCaCertData(Kubeconfig.encoded(authority.certificate()))
        .withClientCertData(Kubeconfig.encoded(credential.certificate()))
        .withClientKeyData(Kubeconfig.encoded(credential.key()))
        .withConnectionTimeout(TIMEOUT_MILLIS)
        .withRequestTimeout(TIMEOUT_MILLIS)
        // fabric8 would repeat a POST whose answer was lost, and so create twice.
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  KubernetesClient client(User user, int server) {
    return clients.computeIfAbsent(
        new Seat(user, server),
        seat -> new KubernetesClientBuilder().withConfig(config(user, server)).build());
  }

  Path kubeconfig(User user) {
    String file = user.name().replaceAll("[^A-Za-z0-9._-]", "_") + ".kubeconfig";
    try {
      return PrivateFile.write(
          directory.resolve(file),
          Kubeconfig.text(servers, authority.certificate(), user, credential(user)));
    } catch (IOException e) {
      throw new TestkitException("Cannot write a kubeconfig in " + directory + ".", e);
    }
  }

  private Credential credential(User user) {
    return credentials.computeIfAbsent(user, authority::client);
  }

  @Override
  public void close() {
    clients.values().forEach(KubernetesClient::close);
  }
}
