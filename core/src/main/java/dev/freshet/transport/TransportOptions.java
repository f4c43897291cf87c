package dev.freshet.transport;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach one API server. {@link #toString()} shows no header.
 *
 * @param server scheme, host, port and base path if any; plain HTTP only where the user wrote it
 * @param product the User-Agent's beginning, such as {@code freshet/0.1.0}
 * @param proxy which proxy to use, if any; empty means none, whatever the JVM's default is
 * @param proxyHeaders headers for the proxy alone, such as {@code Proxy-Authorization}
 * @param connectWithin how long to wait for a connection, TLS handshake included
 * @param http2 false to speak HTTP/1.1 only, one connection per open response
 */
public record TransportOptions(
    URI server,
    String product,
    Optional<ProxySelector> proxy,
    Map<String, String> proxyHeaders,
    Duration connectWithin,
    boolean http2) {

  /** How long to wait for a connection unless said otherwise. */
  public static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  public TransportOptions {
    proxyHeaders = Map.copyOf(proxyHeaders);
  }

  /** A server reached directly, over HTTP/2 where it can. */
  public static TransportOptions direct(URI server, String product) {
    return new TransportOptions(server, product, Optional.empty(), Map.of(), CONNECT_WITHIN, true);
  }

  @Override
  public String toString() {
    return "TransportOptions[server=" + server.getHost() + ":" + server.getPort() + "]";
  }
}
