package dev.freshet.fabric8.defects;

import static dev.freshet.Consistency.strong;
import static dev.freshet.fabric8.defects.Pods.ANSWERS;
import static dev.freshet.fabric8.defects.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.controlplane.CertificateAuthority;
import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.fault.Answers;
import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.FaultServer;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How fabric8 kubernetes-client 8.0.0 reads its configuration. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ConfigurationDefectsTest {
  @TempDir private Path directory;

  // Seen in 8.0.0: requests without a token have the whole configuration read again
  // (Config.refresh), with the plugin in it.
  @Test
  void requestsOfAUserWithoutATokenDoNotReadTheConfigurationAgain() throws Exception {
    try (var server = FaultServer.start().always(any -> true, ConfigurationDefectsTest::answer);
        var freshet = Freshet.connect(options -> options.kubeconfig(kubeconfig(server)))) {
      for (int i = 0; i < 10; i++) {
        Pod created = freshet.client().pods().inNamespace("ns").resource(pod("made", 1)).create();
        assertThat(created).isEqualTo(pod("made", 11));
        assertThat(freshet.reads(Pod.class).list(strong())).hasSize(1);
      }
    }
    assertThat(Files.readAllLines(directory.resolve("runs"))).containsExactly("run");
  }

  private static void answer(Exchange exchange) {
    boolean create = exchange.request().method().equals("POST");
    exchange.answer(
        create ? 201 : 200,
        create ? Answers.json(pod("made", 11)) : ANSWERS.list(11, pod("made", 11)));
  }

  /** Of a user whose plugin gives a certificate, and counts how often it is asked. */
  private Path kubeconfig(FaultServer server) {
    Credential keys = new CertificateAuthority().serving();
    try {
      Files.writeString(
          directory.resolve("credential.json"),
          """
          {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
           "status": {"clientCertificateData": "%s", "clientKeyData": "%s"}}
          """
              .formatted(oneLine(keys.certificate()), oneLine(keys.key())));
      Path plugin =
          Files.createFile(
              directory.resolve("plugin"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(
          plugin,
          """
          #!/bin/sh
          echo run >>"%1$s/runs"
          cat "%1$s/credential.json"
          """
              .formatted(directory));
      return Files.writeString(
          directory.resolve("config"),
          """
          apiVersion: v1
          kind: Config
          current-context: it
          contexts: [{name: it, context: {cluster: it, user: me}}]
          clusters:
          - name: it
            cluster: {server: "%s", certificate-authority-data: %s}
          users:
          - name: me
            user:
              exec:
                apiVersion: client.authentication.k8s.io/v1
                command: "%s"
                interactiveMode: Never
          """
              .formatted(server.uri(), server.config().getCaCertData(), plugin));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String oneLine(String pem) {
    return pem.replace("\n", "\\n");
  }
}
