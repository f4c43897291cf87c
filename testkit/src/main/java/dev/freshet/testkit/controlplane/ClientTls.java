package dev.freshet.testkit.controlplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.testkit.TestkitException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** TLS for clients in tests: whom they trust, and what they show. */
public final class ClientTls {

  private ClientTls() {}

  /**
   * A context that trusts one authority.
   *
   * @param authority its certificate as PEM
   * @param own what is shown to servers that ask
   */
  public static SSLContext context(String authority, Optional<Credential> own) {
    var config = new ConfigBuilder(Config.empty()).withCaCertData(Kubeconfig.encoded(authority));
    own.ifPresent(
        shown ->
            config
                .withClientCertData(Kubeconfig.encoded(shown.certificate()))
                .withClientKeyData(Kubeconfig.encoded(shown.key()))
                .withClientKeyAlgo(certificate(shown.certificate()).getPublicKey().getAlgorithm())
                .withClientKeyPassphrase("in memory"));
    try {
      return SSLUtils.sslContext(config.build());
    } catch (GeneralSecurityException | IOException e) {
      throw new TestkitException("Cannot make a TLS context of these certificates.", e);
    }
  }

  /** A certificate out of its PEM. */
  public static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new TestkitException("This is no certificate.", e);
    }
  }
}
