package dev.freshet.fabric8;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP client whose connections are made anew once a request on them had no answer in time.
 *
 * <p>The JDK keeps an HTTP/2 connection whose requests time out, and sends all later ones on it:
 * behind a connection that is half open every write would fail until the kernel gives up, after a
 * quarter of an hour. What is under way on the old connections runs to its end. Thread-safe.
 */
final class RenewedHttpClient extends HttpClient {
  private static final Logger LOG = LoggerFactory.getLogger(RenewedHttpClient.class);

  private final Supplier<HttpClient> make;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile HttpClient current;

  RenewedHttpClient(Supplier<HttpClient> make) {
    this.make = make;
    this.current = make.get();
  }

  private HttpClient now() {
    return current;
  }

  /** Whether the connection may be to blame; one that could not be opened is not kept anyway. */
  private static boolean isTimeout(@Nullable Throwable failure) {
    if (failure instanceof CompletionException wrapped) {
      return isTimeout(wrapped.getCause());
    }
    return failure instanceof HttpTimeoutException
        && !(failure instanceof HttpConnectTimeoutException);
  }

  @SuppressWarnings("ReferenceEquality") // Whose connections were used, that one.
  private void renew(HttpClient used) {
    renewing.lock();
    try {
      if (current != used) {
        return;
      }
      current = make.get();
    } finally {
      renewing.unlock();
    }
    LOG.info("A request had no answer in time: later ones go over new connections");
    used.shutdown();
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
      throws IOException, InterruptedException {
    HttpClient used = now();
    try {
      return used.send(request, body);
    } catch (HttpTimeoutException e) {
      if (isTimeout(e)) {
        renew(used);
      }
      throw e;
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> body) {
    HttpClient used = now();
    return watched(used, used.sendAsync(request, body));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> body, @Nullable PushPromiseHandler<T> pushed) {
    HttpClient used = now();
    return watched(used, used.sendAsync(request, body, pushed));
  }

  /** Done once the connections are made anew, so that whoever tries again then uses those. */
  private <T> CompletableFuture<HttpResponse<T>> watched(
      HttpClient used, CompletableFuture<HttpResponse<T>> answer) {
    CompletableFuture<HttpResponse<T>> watched =
        answer.whenComplete(
            (response, failure) -> {
              if (isTimeout(failure)) {
                renew(used);
              }
            });
    var unused =
        watched.whenComplete(
            (response, failure) -> {
              if (watched.isCancelled()) {
                answer.cancel(true);
              }
            });
    return watched;
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return now().newWebSocketBuilder();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return now().cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return now().connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return now().followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return now().proxy();
  }

  @Override
  public SSLContext sslContext() {
    return now().sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return now().sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return now().authenticator();
  }

  @Override
  public Version version() {
    return now().version();
  }

  @Override
  public Optional<Executor> executor() {
    return now().executor();
  }

  @Override
  public void shutdown() {
    now().shutdown();
  }

  @Override
  public boolean awaitTermination(Duration longest) throws InterruptedException {
    return now().awaitTermination(longest);
  }

  @Override
  public boolean isTerminated() {
    return now().isTerminated();
  }

  @Override
  public void shutdownNow() {
    now().shutdownNow();
  }

  @Override
  public void close() {
    now().close();
  }

  /** Settings as the JDK's own builder takes them, of a client that renews itself. */
  static HttpClient.Builder builder() {
    return new Settings(HttpClient.newBuilder());
  }

  private record Settings(HttpClient.Builder jdk) implements HttpClient.Builder {
    @Override
    public HttpClient build() {
      return new RenewedHttpClient(jdk::build);
    }

    @Override
    public HttpClient.Builder cookieHandler(CookieHandler cookies) {
      jdk.cookieHandler(cookies);
      return this;
    }

    @Override
    public HttpClient.Builder connectTimeout(Duration longest) {
      jdk.connectTimeout(longest);
      return this;
    }

    @Override
    public HttpClient.Builder sslContext(SSLContext context) {
      jdk.sslContext(context);
      return this;
    }

    @Override
    public HttpClient.Builder sslParameters(SSLParameters parameters) {
      jdk.sslParameters(parameters);
      return this;
    }

    @Override
    public HttpClient.Builder executor(Executor threads) {
      jdk.executor(threads);
      return this;
    }

    @Override
    public HttpClient.Builder followRedirects(Redirect policy) {
      jdk.followRedirects(policy);
      return this;
    }

    @Override
    public HttpClient.Builder version(Version preferred) {
      jdk.version(preferred);
      return this;
    }

    @Override
    public HttpClient.Builder priority(int weight) {
      jdk.priority(weight);
      return this;
    }

    @Override
    public HttpClient.Builder proxy(ProxySelector proxies) {
      jdk.proxy(proxies);
      return this;
    }

    @Override
    public HttpClient.Builder localAddress(@Nullable InetAddress address) {
      jdk.localAddress(address);
      return this;
    }

    @Override
    public HttpClient.Builder authenticator(Authenticator passwords) {
      jdk.authenticator(passwords);
      return this;
    }
  }
}
