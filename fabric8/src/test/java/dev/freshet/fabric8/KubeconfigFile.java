package dev.freshet.fabric8;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Writes kubeconfig files for tests. */
final class KubeconfigFile {

  private KubeconfigFile() {}

  /**
   * One context {@code main} with the cluster {@code here} and the user {@code me}.
   *
   * @param authority the cluster's authority as PEM, or empty
   * @param user lines of the user entry, without indentation
   */
  static Path write(Path file, String server, String authority, String... user) throws IOException {
    String trust =
        authority.isEmpty() ? "" : "\n    certificate-authority-data: " + base64(authority);
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: main
        contexts:
        - name: main
          context:
            cluster: here
            user: me
            namespace: team
        clusters:
        - name: here
          cluster:
            server: %s%s
        users:
        - name: me
          user:
        """
            .formatted(server, trust);
    var lines = new StringBuilder(text);
    for (String line : user) {
      lines.append("    ").append(line).append('\n');
    }
    if (user.length == 0) {
      lines.append("    extensions: []\n");
    }
    return Files.writeString(file, lines.toString());
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
