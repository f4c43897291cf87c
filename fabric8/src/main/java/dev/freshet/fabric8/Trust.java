package dev.freshet.fabric8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom we believe to be the API server.
 *
 * <p>A cluster's authority is trusted alone, as by kubectl; fabric8 would add it to the JVM's
 * public authorities, any of which could then impersonate the cluster.
 */
final class Trust {

  private Trust() {}

  static TrustManager[] managers(TlsSettings settings, Optional<byte[]> authority)
      throws GeneralSecurityException, IOException {
    if (settings.trustAll()) {
      return new TrustManager[] {new Unchecked(null)};
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authority.isPresent() ? store(authority.get()) : null);
    TrustManager[] managers = factory.getTrustManagers();
    if (settings.anyHostName() && managers[0] instanceof X509TrustManager chainOnly) {
      return new TrustManager[] {new Unchecked(chainOnly)};
    }
    return managers;
  }

  private static KeyStore store(byte[] authority) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(authority))) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    if (number == 0) {
      throw new CertificateException("no certificate");
    }
    return store;
  }

  /** Skips the host name, and the chain as well where there is nobody to check it. */
  private static final class Unchecked extends X509ExtendedTrustManager {
    private final @Nullable X509TrustManager chainOnly;

    Unchecked(@Nullable X509TrustManager chainOnly) {
      this.chainOnly = chainOnly;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      if (chainOnly != null) {
        chainOnly.checkServerTrusted(chain, authType);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this side is never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return chainOnly == null ? new X509Certificate[0] : chainOnly.getAcceptedIssuers();
    }
  }
}
