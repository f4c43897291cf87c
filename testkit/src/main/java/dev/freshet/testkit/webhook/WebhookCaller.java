package dev.freshet.testkit.webhook;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.CertificateAuthority;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.controlplane.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who the API servers are when they call webhooks: they show a client certificate only where an
 * AdmissionConfiguration names one. Writes that and what it refers to into a directory. Immutable.
 *
 * <p>Its authority also issues serving certificates for the webhooks.
 */
public final class WebhookCaller {
  /** The common name in the certificate that the API servers show. */
  public static final String NAME = "freshet-test-apiserver";

  private final CertificateAuthority authority;
  private final Path authorityFile;
  private final Path configuration;

  private WebhookCaller(CertificateAuthority authority, Path authorityFile, Path configuration) {
    this.authority = authority;
    this.authorityFile = authorityFile;
    this.configuration = configuration;
  }

  /** Makes one whose files lie in a directory, which outlives the control plane. */
  public static WebhookCaller in(Path directory) {
    var authority = new CertificateAuthority();
    Credential client = authority.client(User.named(NAME));
    try {
      Path ca = Files.writeString(directory.resolve("webhook-ca.crt"), authority.certificate());
      Path certificate = Files.writeString(directory.resolve("caller.crt"), client.certificate());
      Path key = Files.writeString(directory.resolve("caller.key"), client.key());
      Path kubeconfig =
          Files.writeString(directory.resolve("caller.kubeconfig"), kubeconfig(certificate, key));
      Path configuration =
          Files.writeString(directory.resolve("admission.yaml"), configuration(kubeconfig));
      return new WebhookCaller(authority, ca, configuration);
    } catch (IOException e) {
      throw new TestkitException("Cannot write into " + directory + ": " + e.getMessage(), e);
    }
  }

  /** The user {@code *} stands for every webhook. */
  private static String kubeconfig(Path certificate, Path key) {
    return """
        apiVersion: v1
        kind: Config
        users:
        - name: '*'
          user:
            client-certificate: %s
            client-key: %s
        """
        .formatted(certificate, key);
  }

  private static String configuration(Path kubeconfig) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AdmissionConfiguration
            plugins:
            """);
    for (String plugin : new String[] {"ValidatingAdmissionWebhook", "MutatingAdmissionWebhook"}) {
      text.append(
          """
          - name: %s
            configuration:
              apiVersion: apiserver.config.k8s.io/v1
              kind: WebhookAdmissionConfiguration
              kubeConfigFile: %s
          """
              .formatted(plugin, kubeconfig));
    }
    return text.toString();
  }

  /** Lets every API server of a control plane call webhooks under this name. */
  public ControlPlaneOptions with(ControlPlaneOptions options) {
    return options.serverFlags("--admission-control-config-file=" + configuration);
  }

  /** Issues client and serving certificates. */
  public CertificateAuthority authority() {
    return authority;
  }

  /** The authority's certificate, for the webhook to know its callers by. */
  public Path authorityFile() {
    return authorityFile;
  }
}
