package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import dev.freshet.transport.HttpTransport;
import dev.freshet.transport.Transport;
import dev.freshet.transport.TransportOptions;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One API server as one user: the transport for reads and what a client for writes needs, from one
 * fabric8 {@code Config} and with the same credentials.
 *
 * <p>Nothing is sent before the first request. Thread-safe.
 */
final class Connection implements AutoCloseable {

  /** Enough of a hash to tell clusters apart. */
  private static final int ADDRESS_BYTES = 16;

  private final Config config;
  private final Fabric8Credentials credentials;
  private final HttpTransport transport;
  private final String address;

  private Connection(
      Config config, Fabric8Credentials credentials, HttpTransport transport, String address) {
    this.address = address;
    this.config = config;
    this.credentials = credentials;
    this.transport = transport;
  }

  /**
   * @param product the User-Agent's beginning, such as {@code freshet/0.1.0}
   * @throws ConfigurationException if the configuration cannot work, or asks for what we cannot do
   */
  static Connection open(Config config, String product, InstantSource clock) {
    URI server = server(config);
    if (isSet(config.getTlsServerName())) {
      throw new ConfigurationException(
          "the cluster asks for tls-server-name, which the JDK's HTTP client cannot send",
          "Use a server address that the certificate names.");
    }
    if (isSet(config.getTrustStoreFile()) || isSet(config.getKeyStoreFile())) {
      throw new ConfigurationException(
          "the Config names a Java trust store or key store, which is not read here",
          "Give the authority, certificate and key as PEM files.");
    }
    Proxies proxy = Proxies.of(config, server);
    var source = new AccessSource(config, ConfigLoader.serviceAccountToken());
    var credentials = new Fabric8Credentials(source::read, clock);
    var options =
        new TransportOptions(
            server,
            product,
            proxy.selector(),
            proxy.headers(),
            connectWithin(config),
            !config.isHttp2Disable());
    return new Connection(
        config,
        credentials,
        new HttpTransport(options, credentials),
        hash(server, source.read().tls().authority()));
  }

  private static String hash(URI server, Optional<Pem> authority) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(server.toString().getBytes(StandardCharsets.UTF_8));
      authority.ifPresent(pem -> digest.update(pem.read()));
      return HexFormat.of().formatHex(digest.digest(), 0, ADDRESS_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  private static URI server(Config config) {
    URI server;
    try {
      server = URI.create(config.getMasterUrl());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "the server address is no URL", "Write it as https://host:port");
    }
    boolean known = "https".equals(server.getScheme()) || "http".equals(server.getScheme());
    if (!known || server.getHost() == null || server.getUserInfo() != null) {
      throw new ConfigurationException(
          "the server address is not of the form https://host:port",
          "Correct server in the kubeconfig; a password does not belong there.");
    }
    return server;
  }

  private static Duration connectWithin(Config config) {
    @Nullable Integer millis = config.getConnectionTimeout();
    return millis == null || millis <= 0
        ? TransportOptions.CONNECT_WITHIN
        : Duration.ofMillis(millis);
  }

  /** A hash of the server's address and authority: tells clusters apart where nothing else may. */
  String address() {
    return address;
  }

  /** For reads. */
  Transport transport() {
    return transport;
  }

  /** A new fabric8 client for writes; the caller closes it. See {@link WriteClients}. */
  KubernetesClient newWriteClient() {
    return WriteClients.create(config, credentials);
  }

  /** Closes the transport. Idempotent. */
  @Override
  public void close() {
    transport.close();
  }
}
