package dev.freshet.testkit.fault;

import io.fabric8.kubernetes.client.Config;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A reverse proxy on 127.0.0.1 that speaks HTTP/2 with clients and with one real API server, and
 * disturbs the requests that a test chooses: holds a watch while everything else flows, or lets a
 * write be committed and loses its answer.
 *
 * <pre>{@code
 * try (var proxy = RequestProxy.inFrontOf(plane.config(User.TEST))) {
 *   … connect a client with proxy.config() …
 *   Disturbance held = proxy.disturb(Request::isWatch, new Fault.Hold());
 *   proxy.disturbNext(
 *       request -> request.method().equals("POST"), new Fault.LoseAnswer(Break.CONNECTION));
 *   held.lift();
 * }
 * }</pre>
 *
 * <p>It ends the clients' TLS, so the server sees all of them as the one user of the configuration
 * given, by its certificate; header fields pass as they are. Each connection of a client has one to
 * the server, and one end takes the other with it. Clients must speak HTTP/2. Nothing is buffered
 * beyond one frame a request and direction, and the 64 KiB window of HTTP/2. Thread-safe.
 */
public final class RequestProxy implements AutoCloseable {
  private final Disturbances disturbances = new Disturbances();
  private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
  private final AtomicLong connections = new AtomicLong();
  private final Upstream upstream;
  private final Endpoint endpoint;

  private RequestProxy(Upstream upstream) {
    this.upstream = upstream;
    this.endpoint = new Endpoint(List.of(ApplicationProtocolNames.HTTP_2), this::serve);
  }

  /** Opens one in front of the server of a client configuration; close it after use. */
  public static RequestProxy inFrontOf(Config server) {
    return new RequestProxy(new Upstream(server));
  }

  private void serve(Channel channel, String protocol) {
    if (!protocol.equals(ApplicationProtocolNames.HTTP_2)) {
      Sockets.end(channel);
      return;
    }
    long connection = connections.incrementAndGet();
    Future<Channel> toServer = upstream.connect(channel.eventLoop());
    toServer.addListener(connected -> endTogether(channel, toServer));
    var streams =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel stream) {
            new Relay(RequestProxy.this, connection, stream, toServer).start();
          }
        };
    channel.pipeline().addLast(Http2.server(), new Http2MultiplexHandler(streams));
  }

  private static void endTogether(Channel client, Future<Channel> toServer) {
    if (!toServer.isSuccess()) {
      Sockets.cut(client);
      return;
    }
    Channel server = toServer.getNow();
    server.closeFuture().addListener(closed -> Sockets.cut(client));
    client.closeFuture().addListener(closed -> Sockets.cut(server));
  }

  /** Where clients connect to. */
  public URI uri() {
    return endpoint.uri();
  }

  /** A client configuration that trusts this proxy; it needs no credentials. */
  public Config config() {
    return endpoint.config();
  }

  /** How many connections have been made so far. */
  public long connections() {
    return connections.get();
  }

  /**
   * Puts a fault in force for all such requests to come, until it is lifted. On one request falls
   * the fault that was added last; a {@link Fault.Hold} comes on top of others.
   */
  public Disturbance disturb(Predicate<Request> which, Fault fault) {
    return add(which, fault, Long.MAX_VALUE);
  }

  /** Puts a fault in force for one such request, the next. A hold is better lifted. */
  public Disturbance disturbNext(Predicate<Request> which, Fault fault) {
    return add(which, fault, 1);
  }

  /** Resets every connection that is open now (RST). */
  public void cutAll() {
    endpoint.cutAll();
  }

  private Disturbance add(Predicate<Request> which, Fault fault, long times) {
    var disturbance = new Disturbance(which, fault, times, this::lift);
    disturbances.add(disturbance);
    return disturbance;
  }

  private void lift(Disturbance disturbance) {
    disturbances.remove(disturbance);
    endpoint.thread().execute(() -> relays.forEach(Relay::flow));
  }

  /** A request has come: what falls on it. */
  Optional<Fault> begun(Relay relay, Request request) {
    relays.add(relay);
    return disturbances.fallOn(request);
  }

  boolean holds(Request request) {
    return disturbances.hold(request);
  }

  void ended(Relay relay) {
    relays.remove(relay);
  }

  /** Resets all connections and stops listening. Idempotent. */
  @Override
  public void close() {
    endpoint.close();
  }
}
