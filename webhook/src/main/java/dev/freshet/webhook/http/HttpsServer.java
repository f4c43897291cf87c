package dev.freshet.webhook.http;

import dev.freshet.error.ConfigurationException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. It speaks HTTP/1.1, which is what kube-apiserver speaks to webhooks, over TLS
 * 1.2 or 1.3, and follows its keys when their files are swapped: the next handshake has the new
 * ones, connections under way go on.
 *
 * <p>Two threads move the bytes; each request has a virtual thread for its handler. All threads are
 * daemons. Thread-safe.
 */
public final class HttpsServer implements AutoCloseable {

  /** How long {@link #close} lets exchanges finish. */
  public static final Duration CLOSES_WITHIN = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(HttpsServer.class);

  private static final int THREADS = 2;

  /** How long the threads may take to end; they wait for nothing. */
  private static final Duration THREADS_END_WITHIN = Duration.ofSeconds(5);

  private final HttpLimits limits;
  private final TlsSource tls;
  private final AnswerCounts answers = new AnswerCounts();
  private final AtomicBoolean draining = new AtomicBoolean();
  // Nobody blocks on a thread of the server, so listeners may run wherever a connection closes.
  private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(
          THREADS, new DefaultThreadFactory("freshet-webhook", true), NioIoHandler.newFactory());
  private final Channel port;
  private final InetSocketAddress address;

  /**
   * Starts one.
   *
   * @param endpoints by path, exactly as in a request, without a query
   * @throws ConfigurationException if the keys cannot be served, or the port is taken
   */
  public static HttpsServer start(ServerOptions options, Map<String, Endpoint> endpoints) {
    return new HttpsServer(
        options, endpoints, new TlsSource(options.tls(), options.clients(), options.reloadEvery()));
  }

  private HttpsServer(ServerOptions options, Map<String, Endpoint> endpoints, TlsSource tls) {
    this.limits = options.limits();
    this.tls = tls;
    var equip =
        new Connections(
            () -> tls.current().context(),
            new Reception(options, endpoints),
            limits,
            draining::get,
            answers);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .handler(new Accepting(connections, limits.maxConnections()))
            .childHandler(equip)
            .bind(options.address())
            .awaitUninterruptibly();
    port = bound.channel();
    if (!bound.isSuccess()) {
      end();
      throw new ConfigurationException(
          "cannot listen on " + options.address(),
          "Free the port, or choose another address.",
          bound.cause());
    }
    address = (InetSocketAddress) port.localAddress();
    LOG.info("Serving HTTPS on {}, certificate valid until {}", address, certificateExpiry());
  }

  /** Where it listens; after the end, where it did. */
  public InetSocketAddress address() {
    return address;
  }

  public int port() {
    return address.getPort();
  }

  /** How many connections there are, idle ones included. */
  public int connections() {
    return connections.size();
  }

  /** How requests have been answered so far. */
  public AnswerCounts answers() {
    return answers;
  }

  /** When the certificate that is served expires. */
  public Instant certificateExpiry() {
    return tls.current().notAfter();
  }

  /**
   * Looks now whether the keys have changed, as it does by itself every few seconds.
   *
   * @return whether new ones were taken; false, too, if what is there cannot be served, of which
   *     the log says why
   */
  public boolean reload() {
    return tls.reload();
  }

  /**
   * Stops without losing a request, if clients let it: accepts no connection any more, lets
   * exchanges finish, and tells clients with each answer to connect elsewhere. Connections that
   * stay idle are closed after {@link HttpDeadlines#drainGrace}, or half of {@code atMost} if that
   * is less. What is not finished by then is cut off, and its handler interrupted; likewise if the
   * calling thread is interrupted. Idempotent; whoever allows the least time decides.
   */
  public void drain(Duration atMost) {
    long begun = System.nanoTime();
    if (draining.compareAndSet(false, true)) {
      LOG.info("Stops serving on {}; {} connections are open", address, connections());
    }
    port.close().awaitUninterruptibly();
    Future<?> allClosed = connections.newCloseFuture();
    Duration half = atMost.dividedBy(2);
    Duration grace = limits.deadlines().drainGrace();
    if (!done(allClosed, grace.compareTo(half) < 0 ? grace : half)) {
      connections.stream()
          .filter(Channel::isRegistered)
          .forEach(
              connection -> connection.pipeline().fireUserEventTriggered(Signal.CLOSE_IF_IDLE));
      if (!done(allClosed, atMost.minusNanos(System.nanoTime() - begun))) {
        LOG.warn("Cut off {} connections that did not end in time", connections());
      }
    }
    end();
  }

  /** Whether something is done, at the latest after so long, or when this thread is interrupted. */
  private static boolean done(Future<?> future, Duration within) {
    try {
      return future.await(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return future.isDone();
    }
  }

  private void end() {
    tls.close();
    var unused = connections.close();
    var ended = threads.shutdownGracefully(0, THREADS_END_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
    ended.awaitUninterruptibly(THREADS_END_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Drains for {@link #CLOSES_WITHIN} at most. */
  @Override
  public void close() {
    drain(CLOSES_WITHIN);
  }
}
