package dev.freshet.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed server certificate made by the JDK's keytool, and contexts for both sides. */
final class ServerKeys {

  private static final String PASSWORD = "changeit";

  private final KeyStore store;

  private ServerKeys(KeyStore store) {
    this.store = store;
  }

  /**
   * @param san whom it names, such as {@code ip:127.0.0.1}
   * @param startDate keytool's spelling, such as {@code -10d}
   */
  static ServerKeys make(Path directory, String name, String san, String startDate, int days)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + san,
                "-startdate",
                startDate,
                "-validity",
                Integer.toString(days),
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(said);
    }
    return new ServerKeys(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
  }

  SSLContext server() throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Another context at each call. */
  SSLContext trusting() throws GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    try {
      authorities.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    String alias = store.aliases().nextElement();
    authorities.setCertificateEntry(alias, store.getCertificate(alias));
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
