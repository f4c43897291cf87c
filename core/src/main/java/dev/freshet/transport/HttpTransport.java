package dev.freshet.transport;

import dev.freshet.error.ClosedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Transport} over the JDK's HTTP client, HTTP/2 where the server can.
 *
 * <ul>
 *   <li>A 401 renews the credentials and sends once more; the second answer stands.
 *   <li>Redirects are answers like any other: they are not followed.
 *   <li>New TLS keys mean new connections. Open responses stay on the old ones until they end, so a
 *       watch moves over when its own timeout ends it.
 *   <li>An HTTP/2 connection on which nothing has come for 10 s while somebody waits is asked for
 *       the server's version; without an answer it is given up, and what waited on it fails or,
 *       before the answer's headers, is sent again.
 *   <li>An interrupt ends the caller's wait as a {@link DeadlineException}, with the interrupt flag
 *       restored, and cancels what was waited for.
 * </ul>
 *
 * <p>Thread-safe. No request, header or answer is ever logged.
 */
public final class HttpTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
  private static final int UNAUTHORIZED = 401;
  private static final long IDLE_THREAD_SECONDS = 10;

  private static final String KEEPALIVE_CALLER = "freshet-keepalive";

  private final TransportOptions options;
  private final Keepalive keepalive;
  private final String base;
  private final Credentials credentials;
  private final ConnectionFailures failures;
  // Platform threads: a reader that decodes on a virtual thread holds its carrier, and would
  // hold up the connection's own work on a small machine. Tasks are short and never wait. Never
  // shut down, for the clients still need it to end; idle threads end by themselves.
  private final Executor executor =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_THREAD_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("freshet-http-", 0).factory());
  private final LongAdder keepaliveRequests = new LongAdder();
  private final Set<HttpApiResponse> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Clients clients;
  private volatile boolean closed;

  /** Opens nothing yet: the first request connects. */
  public HttpTransport(TransportOptions options, Credentials credentials) {
    this(options, credentials, Keepalive.STANDARD);
  }

  HttpTransport(TransportOptions options, Credentials credentials, Keepalive keepalive) {
    this.options = options;
    this.keepalive = keepalive;
    this.credentials = credentials;
    this.failures = new ConnectionFailures(options.server());
    String server = options.server().toString();
    this.base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
  }

  /** One identity and the connections that carry its keys. */
  private record Way(Identity identity, Clients clients) {}

  @Override
  public ApiResponse send(ApiRequest request) throws FreshetException {
    long start = System.nanoTime();
    Way way = way();
    HttpApiResponse answer = exchange(request, way, start);
    if (answer.status() != UNAUTHORIZED || !credentials.renew(way.identity())) {
      return answer;
    }
    answer.close();
    return exchange(request, way(), start);
  }

  private HttpApiResponse exchange(ApiRequest request, Way way, long start) {
    try {
      return attempt(request, way, start);
    } catch (ExecutionException e) {
      if (closed || !way.clients().retired() || request.write().isPresent()) {
        throw explain(e);
      }
    }
    // The keys were rotated between way() and the attempt, or the connection was given up under it.
    try {
      return attempt(request, way(), start);
    } catch (ExecutionException e) {
      throw explain(e);
    }
  }

  private HttpApiResponse attempt(ApiRequest request, Way way, long start)
      throws ExecutionException {
    HttpRequest http = httpRequest(request, way.identity());
    Line line = way.clients().forPurpose(request.purpose());
    var watchdog = new LineWatch(way, line);
    var body = new AtomicReference<BodyQueue>();
    line.enter();
    CompletableFuture<HttpResponse<BodyQueue>> pending =
        line.client()
            .sendAsync(
                http,
                info -> {
                  line.heard();
                  var queue = new BodyQueue(line::heard);
                  body.set(queue);
                  return queue;
                });
    boolean answered = false;
    try {
      long left = request.answerWithin().toNanos() - (System.nanoTime() - start);
      HttpResponse<BodyQueue> head = await(pending, left, watchdog);
      var response = new HttpApiResponse(head, failures, watchdog, ended -> end(ended, line));
      open.add(response);
      answered = true;
      if (closed) {
        response.close();
        throw closedException();
      }
      return response;
    } catch (TimeoutException e) {
      throw new DeadlineException(
          "the API server to begin its answer to " + describe(request),
          waited(start),
          "Allow more time, or look at the load on the API server.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeadlineException(
          "the answer to " + describe(request) + ", until the waiting thread was interrupted",
          waited(start),
          "Nothing to do if the interrupt was meant.");
    } finally {
      if (!answered) {
        line.leave();
        pending.cancel(true);
        BodyQueue queue = body.get();
        if (queue != null) {
          queue.close();
        }
      }
    }
  }

  private void end(HttpApiResponse response, Line line) {
    if (open.remove(response)) {
      line.leave();
    }
  }

  private static HttpResponse<BodyQueue> await(
      CompletableFuture<HttpResponse<BodyQueue>> pending, long withinNanos, LineWatch watchdog)
      throws ExecutionException, InterruptedException, TimeoutException {
    long pace = watchdog.pace().toNanos();
    long left = withinNanos;
    while (left > pace) {
      try {
        return pending.get(pace, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        left -= pace;
        watchdog.look();
      }
    }
    return pending.get(left, TimeUnit.NANOSECONDS);
  }

  /**
   * Asks a line that has been quiet for long whether it works, and gives it up if not. With
   * HTTP/1.1 every exchange has a connection of its own, which cannot be asked.
   */
  private final class LineWatch implements HttpApiResponse.Watchdog {
    private final Way way;
    private final Line line;

    LineWatch(Way way, Line line) {
      this.way = way;
      this.line = line;
    }

    @Override
    public Duration pace() {
      return keepalive.quiet();
    }

    @Override
    public void look() throws InterruptedException {
      if (!options.http2() || !line.isQuiet(keepalive)) {
        return;
      }
      var question =
          new ApiRequest(
              ApiRequest.Purpose.DISCOVERY,
              KEEPALIVE_CALLER,
              "/version",
              "application/json",
              keepalive.answer());
      keepaliveRequests.increment();
      if (!line.works(httpRequest(question, way.identity()), keepalive)) {
        LOG.info("A connection to the API server was silent and is given up");
        way.clients().giveUp(line);
      }
    }
  }

  @Override
  public long keepaliveRequests() {
    return keepaliveRequests.sum();
  }

  private FreshetException explain(ExecutionException e) {
    return closed ? closedException() : failures.explain(e.getCause() == null ? e : e.getCause());
  }

  private Way way() {
    Identity identity = credentials.current();
    Clients now = clients;
    if (now != null && now.carry(identity) && !now.retired() && !closed) {
      return new Way(identity, now);
    }
    lock.lock();
    try {
      if (closed) {
        throw closedException();
      }
      // Asked again under the lock: else a thread with an identity that has just been replaced
      // would bring the old connections back.
      identity = credentials.current();
      now = clients;
      if (now == null || !now.carry(identity) || now.retired()) {
        var next = new Clients(options, identity.tls(), executor);
        clients = next;
        if (now != null) {
          now.retire();
        }
        now = next;
      }
      return new Way(identity, now);
    } finally {
      lock.unlock();
    }
  }

  private HttpRequest httpRequest(ApiRequest request, Identity identity) {
    HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(base + request.pathAndQuery()));
    request
        .write()
        .ifPresent(
            write -> {
              http.method(write.method().name(), HttpRequest.BodyPublishers.ofString(write.json()));
              http.setHeader("Content-Type", write.contentType());
            });
    http.setHeader("Accept", request.accept());
    if (request.gzip()) {
      // The API server looks for this one word, and ignores it among others.
      http.setHeader("Accept-Encoding", "gzip");
    }
    http.setHeader("User-Agent", UserAgent.of(options.product(), request.caller()));
    options.proxyHeaders().forEach(http::header);
    identity.headers().forEach((name, values) -> values.forEach(v -> http.header(name, v)));
    return http.build();
  }

  private static String describe(ApiRequest request) {
    int query = request.pathAndQuery().indexOf('?');
    String path = request.pathAndQuery();
    return request.write().map(write -> write.method().name()).orElse("GET")
        + " "
        + (query < 0 ? path : path.substring(0, query));
  }

  private static Duration waited(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  static ClosedException closedException() {
    return new ClosedException("the connection to the API server is closed", "Open a new one");
  }

  @Override
  public void close() {
    Clients now;
    lock.lock();
    try {
      closed = true;
      now = clients;
    } finally {
      lock.unlock();
    }
    // Responses first: else their readers would take the cut for a broken connection.
    open.forEach(HttpApiResponse::close);
    if (now != null) {
      now.cut();
    }
  }
}
