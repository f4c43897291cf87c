package dev.freshet.webhook.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.freshet.error.ConfigurationException;
import dev.freshet.transport.PrivateKeyPem;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * The keys of a server, checked to fit together. Immutable.
 *
 * @param content what they were made of
 * @param notAfter when the certificate expires
 */
record ServedTls(TlsContent content, SslContext context, Instant notAfter) {

  /**
   * Makes keys of what was read.
   *
   * @throws ConfigurationException if something is malformed, or if the key is not the
   *     certificate's, as happens in the middle of a swap
   */
  static ServedTls of(TlsContent content, ClientPolicy clients) {
    List<X509Certificate> chain = certificates(content.certificate(), "the server's certificate");
    PrivateKey key = key(content.key(), chain.getFirst().getPublicKey());
    SslContextBuilder tls =
        SslContextBuilder.forServer(key, chain)
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2");
    switch (clients) {
      // Not required by TLS, so that who has none can be told so over HTTP, and may probe.
      case ClientPolicy.Subjects named ->
          tls.clientAuth(ClientAuth.OPTIONAL)
              .trustManager(certificates(content.clientAuthority(), "the client authority"));
      case ClientPolicy.Unverified anybody -> tls.clientAuth(ClientAuth.NONE);
    }
    try {
      return new ServedTls(content, tls.build(), chain.getFirst().getNotAfter().toInstant());
    } catch (SSLException e) {
      throw malformed("these keys cannot be used for TLS", e);
    }
  }

  private static List<X509Certificate> certificates(String pem, String what) {
    try {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(ISO_8859_1)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw new CertificateException("none");
      }
      return all;
    } catch (CertificateException e) {
      throw malformed(what + " is malformed", e);
    }
  }

  private static PrivateKey key(String pem, PublicKey publicKey) {
    try {
      PrivateKey key = PrivateKeyPem.read(pem, publicKey);
      if (PrivateKeyPem.belongsTo(publicKey, key)) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      throw malformed(
          "the server's private key is malformed, or of another kind than its certificate", e);
    }
    throw new ConfigurationException(
        "the server's private key is not the key of its certificate",
        "Wait for the rotation to finish, or correct the pair.");
  }

  // Not as the cause: a parser's message may quote what it read.
  private static ConfigurationException malformed(String problem, Exception e) {
    return new ConfigurationException(
        problem + " (" + e.getClass().getSimpleName() + ")",
        "Write it again as PEM; keys may be RSA or EC, PKCS#8, PKCS#1 or SEC1, not encrypted.");
  }
}
