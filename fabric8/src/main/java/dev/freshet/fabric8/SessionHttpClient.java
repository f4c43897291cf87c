package dev.freshet.fabric8;

import dev.freshet.ObservedRequest;
import dev.freshet.Session;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's way through a shared HTTP client: it tells the session of each request before it is
 * sent and of each answer before the caller has it.
 *
 * <p>Around the whole client rather than an interceptor in it, since an interceptor sees one
 * attempt and pieces of a body, and is not told of the end (docs/design/sessions.md). Closing it
 * leaves the shared client open.
 */
final class SessionHttpClient implements HttpClient {

  private static final Logger LOG = LoggerFactory.getLogger(SessionHttpClient.class);

  private static final byte[] UNSEEN = {};

  private final HttpClient shared;
  private final Session session;
  private final String prefix;
  private volatile boolean closed;

  /**
   * @param prefix of the server's address, which paths of the API come after; empty for none
   */
  SessionHttpClient(HttpClient shared, Session session, String prefix) {
    this.shared = shared;
    this.session = session;
    this.prefix = prefix;
  }

  /** The path before {@code /api} of a server's address, as behind some proxies. */
  static String prefixOf(String masterUrl) {
    String path = Objects.requireNonNullElse(URI.create(masterUrl).getRawPath(), "");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
    requireOpen();
    return observed(request, () -> shared.sendAsync(request, type));
  }

  @Override
  public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(
      HttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    requireOpen();
    return observed(request, () -> shared.consumeBytes(request, consumer));
  }

  private interface Sending<T> {
    CompletableFuture<HttpResponse<T>> send();
  }

  private <T> CompletableFuture<HttpResponse<T>> observed(HttpRequest request, Sending<T> sending) {
    ObservedRequest observed = sending(request);
    CompletableFuture<HttpResponse<T>> answer;
    try {
      answer = sending.send();
    } catch (RuntimeException e) {
      observed.lost();
      throw e;
    }
    return answer.whenComplete((response, failure) -> tell(observed, response, failure));
  }

  private ObservedRequest sending(HttpRequest request) {
    URI uri = request.uri();
    String path = Objects.requireNonNullElse(uri.getRawPath(), "");
    return session.sending(
        request.method(),
        path.startsWith(prefix) ? path.substring(prefix.length()) : path,
        Objects.requireNonNullElse(uri.getRawQuery(), ""),
        Objects.requireNonNullElse(request.bodyString(), ""));
  }

  private static void tell(
      ObservedRequest observed, @Nullable HttpResponse<?> response, @Nullable Throwable failure) {
    try {
      if (response == null || failure != null) {
        observed.lost();
      } else {
        boolean plain = response.headers("Content-Encoding").isEmpty();
        observed.answered(
            response.code(), plain && response.body() instanceof byte[] whole ? whole : UNSEEN);
      }
    } catch (RuntimeException e) {
      // The answer goes to the caller whatever becomes of our notes.
      LOG.error("An answer could not be followed by its session", e);
      observed.lost();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new KubernetesClientException("this session's client is closed: get another session");
    }
  }

  @Override
  public DerivedClientBuilder newBuilder() {
    return new Derived(shared.newBuilder());
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return shared.newWebSocketBuilder();
  }

  @Override
  public HttpRequest.Builder newHttpRequestBuilder() {
    return shared.newHttpRequestBuilder();
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean isClosed() {
    return closed || shared.isClosed();
  }

  /** Clients derived from ours belong to the session too. */
  private final class Derived implements DerivedClientBuilder {
    private final DerivedClientBuilder builder;

    Derived(DerivedClientBuilder builder) {
      this.builder = builder;
    }

    @Override
    public HttpClient build() {
      return new SessionHttpClient(builder.build(), session, prefix);
    }

    @Override
    public DerivedClientBuilder addOrReplaceInterceptor(
        String name, @Nullable Interceptor interceptor) {
      builder.addOrReplaceInterceptor(name, interceptor);
      return this;
    }

    @Override
    public DerivedClientBuilder authenticatorNone() {
      builder.authenticatorNone();
      return this;
    }

    @Override
    public DerivedClientBuilder tag(Object tag) {
      builder.tag(tag);
      return this;
    }
  }
}
