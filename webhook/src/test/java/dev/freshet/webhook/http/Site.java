package dev.freshet.webhook.http;

import dev.freshet.webhook.http.TestAuthority.Pair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What servers and clients of one test have in common: two authorities, and key files. */
final class Site {

  static final String API_SERVER = "kube-apiserver";

  final TestAuthority servers = new TestAuthority("servers");
  final TestAuthority clients = new TestAuthority("clients");
  final Pair apiServer = clients.issue(API_SERVER);
  final MountedSecret secret;

  Site(Path directory) throws IOException {
    secret = new MountedSecret(directory);
    publish(servers.issue("server"));
  }

  void publish(Pair server) throws IOException {
    secret.publish(server.certificatePem(), server.keyPem(), clients.pem());
  }

  /** A free port on 127.0.0.1, for clients of the name {@link #API_SERVER}. */
  ServerOptions options() {
    return ServerOptions.defaults(secret.files(), new ClientPolicy.Subjects(Set.of(API_SERVER)))
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  Client connect(HttpsServer server) throws IOException {
    return connect(server, apiServer);
  }

  Client connect(HttpsServer server, Pair own) throws IOException {
    return new Client(server, servers, Optional.of(own));
  }

  Client connectAsNobody(HttpsServer server) throws IOException {
    return new Client(server, servers, Optional.empty());
  }

  /**
   * Waits until this is so. It looks all the time.
   *
   * @throws AssertionError if it is not so after 20 s
   */
  static void await(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > 20_000_000_000L) {
        throw new AssertionError("what was waited for did not come about");
      }
      Thread.onSpinWait();
    }
  }
}
