package dev.freshet.testkit.fault;

import dev.freshet.testkit.TestkitException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.EnumSet;
import java.util.random.RandomGenerator;

/**
 * A proxy on 127.0.0.1 that forwards TCP connections to one API server, and breaks them on demand.
 *
 * <p>TLS passes through from end to end: the proxy sees bytes and cannot read them, and the
 * server's certificate must be valid for 127.0.0.1, as the testkit's is. It buffers at most 16 KiB
 * a connection and direction, and keeps at most {@value #MAX_CONNECTIONS} connections; further ones
 * are reset. What must be told apart by request needs a proxy that speaks HTTP/2; this one holds or
 * cuts connections whole. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  /** Connections that may be open at once. */
  public static final int MAX_CONNECTIONS = 1_024;

  private static final String LOOPBACK = "127.0.0.1";
  private static final int ANY_PORT = 0;
  private static final int BACKLOG = 256;
  private static final int TLS_PORT = 443;
  private static final int PLAIN_PORT = 80;

  private final URI uri;
  private final Traffic traffic = new Traffic();
  private final Links links;

  private FaultProxy(URI server, ServerSocket listener) {
    this.uri = URI.create(server.getScheme() + "://" + LOOPBACK + ":" + listener.getLocalPort());
    this.links = new Links(listener, address(server), traffic, MAX_CONNECTIONS);
  }

  /** Opens one that forwards to {@code server}, which need not run yet; close it after use. */
  public static FaultProxy inFrontOf(URI server) {
    requireAddress(server);
    try {
      return new FaultProxy(
          server, new ServerSocket(ANY_PORT, BACKLOG, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new TestkitException("Cannot listen on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  /** Opens one in front of the server of a client configuration. */
  public static FaultProxy inFrontOf(Config config) {
    return inFrontOf(URI.create(config.getMasterUrl()));
  }

  /** Where clients connect to; the same for its whole life. */
  public URI uri() {
    return uri;
  }

  /** A copy of a client configuration that goes through this proxy. */
  public Config through(Config config) {
    return new ConfigBuilder(config).withAutoConfigure(false).withMasterUrl(uri.toString()).build();
  }

  /**
   * Forwards new connections to another server from now on, as a load balancer does that takes a
   * server out. Open ones go on; {@link #cutAll} ends them.
   */
  public void forwardTo(URI server) {
    requireAddress(server);
    links.forwardTo(address(server));
  }

  private static void requireAddress(URI server) {
    boolean known = "https".equals(server.getScheme()) || "http".equals(server.getScheme());
    if (!known || server.getHost() == null) {
      throw new TestkitException(
          "Cannot forward to " + server + ". Give an address as https://host:port.");
    }
  }

  private static InetSocketAddress address(URI server) {
    int usual = server.getScheme().equals("https") ? TLS_PORT : PLAIN_PORT;
    return new InetSocketAddress(server.getHost(), server.getPort() < 0 ? usual : server.getPort());
  }

  /**
   * Resets every open connection now (RST on both sides).
   *
   * @return how many
   */
  public int cutAll() {
    return links.cutAll();
  }

  /**
   * From now until {@link #resume}, resets each connection, open or new, after a number of bytes of
   * its own, counted from now in both directions together.
   *
   * <p>The last byte before the reset may be any: inside the TLS handshake, a frame, a character.
   *
   * @param random where the numbers come from; seed it to repeat a run. Used by one thread at a
   *     time
   * @param maxBytes the largest number; the smallest is 1
   */
  public void cutAfter(RandomGenerator random, int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1, not " + maxBytes);
    }
    traffic.cutAfter(random, maxBytes);
    links.forEach(Link::drawLife);
  }

  /**
   * Stops forwarding and leaves all connections open, as a network does that swallows packets. No
   * byte passes that reaches the proxy after this has returned; new connections are accepted and
   * stay silent.
   */
  public void hold() {
    traffic.hold(EnumSet.allOf(Direction.class));
  }

  /** Stops forwarding one direction, as {@link #hold()} does both. */
  public void hold(Direction direction) {
    traffic.hold(EnumSet.of(direction));
  }

  /**
   * Stops forwarding on the connections that are open now, which stay open, and goes on with new
   * ones: their other end has vanished without a word.
   */
  public void holdOpenConnections() {
    links.forEach(Link::hold);
  }

  /**
   * Forwards at most so many bytes a second on each connection, in each direction.
   *
   * @param bytesPerSecond at least 1
   */
  public void slow(int bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "bytesPerSecond must be at least 1, not " + bytesPerSecond);
    }
    traffic.slow(bytesPerSecond);
  }

  /**
   * Ends what {@code hold}, {@code holdOpenConnections}, {@code slow} and {@code cutAfter} began.
   * Held bytes pass.
   */
  public void resume() {
    links.forEach(Link::release);
    traffic.resume();
    links.forEach(Link::drawLife);
  }

  /**
   * From now until {@link #accept}, resets each new connection at once, as a load balancer does
   * with no server behind it. Open ones go on.
   */
  public void refuse() {
    links.refuse(true);
  }

  /** Accepts connections again after {@link #refuse}. */
  public void accept() {
    links.refuse(false);
  }

  /** What has passed until now. */
  public ProxyCounters counters() {
    return links.counters();
  }

  /** Resets every connection and stops listening. Idempotent. */
  @Override
  public void close() {
    links.close();
  }
}
