package dev.freshet.testkit.controlplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.testkit.TestkitException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS for clients in tests: whom they trust, and what they show. */
public final class ClientTls {
  private static final char[] PASSWORD = "in memory".toCharArray();

  private ClientTls() {}

  /**
   * A context that trusts one authority.
   *
   * @param authority its certificate as PEM
   * @param own what is shown to servers that ask
   */
  public static SSLContext context(String authority, Optional<Credential> own) {
    try {
      KeyStore trusted = empty();
      trusted.setCertificateEntry("authority", certificate(authority));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyStore shown = empty();
      if (own.isPresent()) {
        X509Certificate certificate = certificate(own.get().certificate());
        shown.setKeyEntry(
            "own", key(own.get(), certificate), PASSWORD, new Certificate[] {certificate});
      }
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(shown, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new TestkitException("Cannot make a TLS context of these certificates.", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static PrivateKey key(Credential credential, X509Certificate certificate)
      throws GeneralSecurityException {
    String body = credential.key().replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
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
