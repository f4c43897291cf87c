package dev.freshet.testkit.controlplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.util.Base64;
import java.util.List;

/**
 * The text of a kubeconfig for one user: the context {@code freshet} is the first API server,
 * {@code freshet-1} the second, and so on.
 */
final class Kubeconfig {
  private static final String NAME = "freshet";

  private Kubeconfig() {}

  static String text(List<URI> servers, String authority, User user, Credential credential) {
    var clusters = new StringBuilder();
    var contexts = new StringBuilder();
    for (int i = 0; i < servers.size(); i++) {
      String name = i == 0 ? NAME : NAME + "-" + i;
      clusters.append(
          """
          - name: %s
            cluster:
              server: %s
              certificate-authority-data: %s
          """
              .formatted(name, servers.get(i), encoded(authority)));
      contexts.append(
          """
          - name: %s
            context: {cluster: %s, user: "%s", namespace: default}
          """
              .formatted(name, name, user.name()));
    }
    return """
    apiVersion: v1
    kind: Config
    current-context: %s
    clusters:
    %scontexts:
    %susers:
    - name: "%s"
      user:
        client-certificate-data: %s
        client-key-data: %s
    """
        .formatted(
            NAME,
            clusters,
            contexts,
            user.name(),
            encoded(credential.certificate()),
            encoded(credential.key()));
  }

  static String encoded(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII));
  }
}
