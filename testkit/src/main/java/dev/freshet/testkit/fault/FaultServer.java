package dev.freshet.testkit.fault;

import dev.freshet.testkit.TestkitException;
import io.fabric8.kubernetes.client.Config;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A server on 127.0.0.1 in place of an API server, whose every answer a test writes: it takes
 * requests one by one and says when each byte arrives, over TLS and HTTP/2 (or HTTP/1.1, for
 * clients that speak nothing else).
 *
 * <pre>{@code
 * Answers pods = Answers.of(Pod.class);
 * try (var server = FaultServer.start().refuseStreamedLists()) {
 *   … connect a client with server.config() …
 *   server.answerList(pods.list(10, web));
 *   Exchange watch = server.acceptWatch();
 *   watch.pushSplit(pods.added(umlaut), 1);
 *   watch.connection().cut();
 * }
 * }</pre>
 *
 * <p>It knows nothing of Kubernetes: what is not answered stays unanswered. Waits end after {@link
 * #PATIENCE}, which only a failing test reaches. Thread-safe; its exchanges are for one thread at a
 * time.
 */
public final class FaultServer implements AutoCloseable {
  /** How long it waits for a request, unless told otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int INVALID = 422;

  private final Arrivals arrivals = new Arrivals(PATIENCE);
  private final AtomicLong connections = new AtomicLong();
  private final Endpoint endpoint;

  private FaultServer() {
    endpoint =
        new Endpoint(
            List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1),
            this::serve);
  }

  /** Starts one; close it after use. */
  public static FaultServer start() {
    return new FaultServer();
  }

  private void serve(Channel channel, String protocol) {
    var connection = new ClientConnection(connections.incrementAndGet(), channel);
    var pipeline = channel.pipeline();
    if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
      var streams =
          new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
              stream.pipeline().addLast(new Http2Requests(arrivals, connection));
            }
          };
      pipeline.addLast(Http2.server(), new Http2MultiplexHandler(streams));
    } else {
      pipeline.addLast(
          new HttpServerCodec(),
          new HttpObjectAggregator(Arrivals.MAX_BODY_BYTES),
          new Http1Requests(arrivals, connection));
    }
  }

  /** Where clients connect to. */
  public URI uri() {
    return endpoint.uri();
  }

  /** A client configuration that trusts this server and repeats nothing by itself. */
  public Config config() {
    return endpoint.config();
  }

  /** How many connections have been made so far. */
  public long connections() {
    return connections.get();
  }

  /** Waits this long for requests and readers from now on. */
  public FaultServer patience(Duration patience) {
    arrivals.patience(patience);
    return this;
  }

  /**
   * From now on answers some requests by itself; the test does not see them. A rule given later
   * goes before. The answer is written on a thread of its own.
   */
  public FaultServer always(Predicate<Request> which, Consumer<Exchange> answer) {
    arrivals.always(which, answer);
    return this;
  }

  /** From now on refuses streamed lists, as a server does that does not know them (422). */
  public FaultServer refuseStreamedLists() {
    return always(
        Request::isStreamedList,
        exchange ->
            exchange.fail(
                Statuses.of(INVALID, "Invalid", "sendInitialEvents: Forbidden: not supported")));
  }

  /**
   * The next request, not yet answered.
   *
   * @throws TestkitException when none came in time; says which came and were not taken
   */
  public Exchange nextRequest() {
    return arrivals.take("request", any -> true);
  }

  /** The next request that is wanted; those before it stay. */
  public Exchange nextRequest(Predicate<Request> which) {
    return arrivals.take("such request", which);
  }

  /** The next request, which must not be a watch, answered whole. */
  public Exchange answerList(String body) {
    return expect("a list", request -> !request.isWatch()).answer(200, body);
  }

  /** The next request, which must be a watch, accepted and left open. */
  public Exchange acceptWatch() {
    return expect("a watch", Request::isWatch).answer(200);
  }

  /** The next request, which must be a streamed list, accepted and left open. */
  public Exchange acceptStreamedList() {
    return expect("a streamed list", Request::isStreamedList).answer(200);
  }

  private Exchange expect(String what, Predicate<Request> which) {
    Exchange next = nextRequest();
    if (!which.test(next.request())) {
      throw new TestkitException("Expected " + what + ", got " + next + ".");
    }
    return next;
  }

  /** Whether requests came that the test has not taken. */
  public boolean hasUnseenRequests() {
    return !arrivals.isEmpty();
  }

  /** Resets all connections and stops listening. Idempotent. */
  @Override
  public void close() {
    endpoint.close();
  }
}
