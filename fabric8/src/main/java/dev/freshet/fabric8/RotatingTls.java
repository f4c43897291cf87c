package dev.freshet.fabric8;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS keys and trust for a client that is made once: every handshake uses those of the moment.
 *
 * <p>Connections that are open keep the keys they were opened with. A TLS session remembers them
 * too, and resuming it would ask for no keys at all, so {@link #follow()} forgets sessions when the
 * keys have changed. Thread-safe.
 */
final class RotatingTls {

  private final Supplier<TlsKeys> now;
  private final SSLContext context;
  private final AtomicReference<@Nullable TlsKeys> followed = new AtomicReference<>();

  RotatingTls(Supplier<TlsKeys> now) {
    this.now = now;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new Keys()}, new TrustManager[] {new Trusted()}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  SSLContext context() {
    return context;
  }

  /** To be called before a request. */
  void follow() {
    TlsKeys latest = now.get();
    @Nullable TlsKeys before = followed.getAndSet(latest);
    if (before != null && !before.equals(latest)) {
      SSLSessionContext sessions = context.getClientSessionContext();
      for (byte[] id : Collections.list(sessions.getIds())) {
        Optional.ofNullable(sessions.getSession(id)).ifPresent(SSLSession::invalidate);
      }
    }
  }

  private final class Keys extends X509ExtendedKeyManager {
    private Optional<X509ExtendedKeyManager> keys() {
      return now.get().keyManagers().stream()
          .filter(X509ExtendedKeyManager.class::isInstance)
          .map(X509ExtendedKeyManager.class::cast)
          .findFirst();
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] keyTypes, Principal[] issuers, SSLEngine engine) {
      return keys().map(k -> k.chooseEngineClientAlias(keyTypes, issuers, engine)).orElse(null);
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal[] issuers, Socket socket) {
      return keys().map(k -> k.chooseClientAlias(keyTypes, issuers, socket)).orElse(null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return keys().map(k -> k.getCertificateChain(alias)).orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return keys().map(k -> k.getPrivateKey(alias)).orElse(null);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
      return keys().map(k -> k.getClientAliases(keyType, issuers)).orElse(null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }
  }

  private final class Trusted extends X509ExtendedTrustManager {
    private X509ExtendedTrustManager trust() throws CertificateException {
      return now.get().trustManagers().stream()
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new CertificateException("no trust manager"));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      trust().checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      trust().checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      trust().checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this side is never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("this side is never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this side is never a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      try {
        return trust().getAcceptedIssuers();
      } catch (CertificateException e) {
        return new X509Certificate[0];
      }
    }
  }
}
