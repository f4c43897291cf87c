package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import dev.freshet.transport.PrivateKeyPem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS keys and trust, read once and checked to fit together. Immutable.
 *
 * @param fingerprint equal for equal content, so that files rewritten with the same bytes keep
 *     their connections
 */
record TlsKeys(
    String fingerprint,
    List<KeyManager> keyManagers,
    List<TrustManager> trustManagers,
    SSLContext context) {

  /** It is never written, so it need not be hard to guess: PKCS#12 takes half a second for that. */
  private static final String QUICK_STORE = "JKS";

  private static final char[] IN_MEMORY = "in-memory".toCharArray();

  /**
   * Reads what {@code settings} names.
   *
   * @throws ConfigurationException if a file is missing or malformed, or if the key is not the
   *     certificate's, as happens between the two writes of a rotation
   */
  static TlsKeys read(TlsSettings settings) {
    Optional<byte[]> certificate = settings.certificate().map(Pem::read);
    Optional<byte[]> key = settings.key().map(Pem::read);
    Optional<byte[]> authority = settings.authority().map(Pem::read);
    if (certificate.isPresent() != key.isPresent()) {
      throw new ConfigurationException(
          "the user has a client certificate without a key, or a key without a certificate",
          "Give both client-certificate and client-key.");
    }
    try {
      KeyManager[] keys =
          certificate.isPresent() && key.isPresent()
              ? keyManagers(certificate.get(), key.get())
              : new KeyManager[0];
      TrustManager[] trust = Trust.managers(settings, authority);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return new TlsKeys(
          fingerprint(List.of(certificate, key, authority)),
          List.of(keys),
          List.of(trust),
          context);
    } catch (GeneralSecurityException | IOException e) {
      // Not as the cause: a parser's message may quote what it read.
      throw new ConfigurationException(
          "the client certificate, its key or the cluster's authority is malformed ("
              + e.getClass().getSimpleName()
              + ")",
          "Write them again as PEM; keys may be RSA or EC, PKCS#1, SEC1 or PKCS#8, not encrypted.");
    }
  }

  private static KeyManager[] keyManagers(byte[] certificate, byte[] key)
      throws GeneralSecurityException, IOException {
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(certificate))
            .toArray(new Certificate[0]);
    if (chain.length == 0) {
      throw new CertificateException("no certificate");
    }
    PublicKey publicKey = chain[0].getPublicKey();
    PrivateKey secret = PrivateKeyPem.read(new String(key, StandardCharsets.US_ASCII), publicKey);
    if (!PrivateKeyPem.belongsTo(publicKey, secret)) {
      throw new ConfigurationException(
          "the client key is not the key of the client certificate",
          "Wait for the rotation to finish, or correct the pair in the kubeconfig.");
    }
    KeyStore store = KeyStore.getInstance(QUICK_STORE);
    store.load(null, null);
    store.setKeyEntry("client", secret, IN_MEMORY, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private static String fingerprint(List<Optional<byte[]>> parts) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Optional<byte[]> part : parts) {
      digest.update((byte) (part.isPresent() ? 1 : 0));
      digest.update(MessageDigest.getInstance("SHA-256").digest(part.orElse(new byte[0])));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TlsKeys keys && keys.fingerprint.equals(fingerprint);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }

  @Override
  public String toString() {
    return "TlsKeys[keys=" + keyManagers.size() + "]";
  }
}
