package dev.freshet.testkit.controlplane;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line of an API server; several over one etcd share all keys. */
final class KubeApiserver {
  /**
   * Of the network for documentation (RFC 5737). Without it the server looks for an address of the
   * machine, and fails where there is only loopback.
   */
  private static final String ADVERTISED = "192.0.2.1";

  /**
   * Lets garbage grow to three times the live heap, up to a total of 3 GiB, instead of once: about
   * a fifth less CPU for each write, which machines with two cores feel.
   */
  private static final Map<String, String> COLLECTOR = Map.of("GOGC", "300", "GOMEMLIMIT", "3GiB");

  private KubeApiserver() {}

  /** Variables for the Go runtime, unless the user's own environment sets them. */
  static Map<String, String> environment(Map<String, String> ours) {
    var more = new HashMap<>(COLLECTOR);
    more.keySet().removeAll(ours.keySet());
    return Map.copyOf(more);
  }

  static List<String> command(
      Path program,
      URI uri,
      URI etcd,
      KeyFiles keys,
      Path certificates,
      Optional<Path> tokens,
      List<String> extraFlags) {
    var command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--etcd-servers=" + etcd,
                "--bind-address=" + uri.getHost(),
                "--secure-port=" + uri.getPort(),
                "--advertise-address=" + ADVERTISED,
                // A loopback server may not publish itself as an endpoint.
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + certificates,
                "--tls-cert-file=" + keys.servingCertificate(),
                "--tls-private-key-file=" + keys.servingKey(),
                "--client-ca-file=" + keys.authority(),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + keys.accountPublicKey(),
                "--service-account-signing-key-file=" + keys.accountPrivateKey(),
                "--service-cluster-ip-range=10.0.0.0/16",
                "--allow-privileged=true",
                // No controller makes the default service accounts that this plugin demands.
                "--disable-admission-plugins=ServiceAccount"));
    tokens.ifPresent(file -> command.add("--token-auth-file=" + file));
    command.addAll(extraFlags);
    return List.copyOf(command);
  }
}
