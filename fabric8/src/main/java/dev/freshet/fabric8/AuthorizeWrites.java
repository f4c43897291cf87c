package dev.freshet.fabric8;

import dev.freshet.transport.Credentials;
import dev.freshet.transport.Identity;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Signs a fabric8 client's requests with our credentials, in place of fabric8's token interceptor,
 * which may read the configuration again for every request.
 *
 * <p>A 401 is sent once more with renewed credentials, whatever the verb: the server refused it
 * before doing anything.
 */
final class AuthorizeWrites implements Interceptor {

  private static final int UNAUTHORIZED = 401;
  private static final String AUTHORIZATION = "Authorization";

  private final Credentials credentials;
  private final Runnable before;

  /**
   * @param before run before each request, when the credentials are up to date
   */
  AuthorizeWrites(Credentials credentials, Runnable before) {
    this.credentials = credentials;
    this.before = before;
  }

  @Override
  public void before(BasicBuilder request, HttpRequest original, RequestTags tags) {
    apply(request, credentials.current(), tags);
    before.run();
  }

  private static void apply(BasicBuilder request, Identity identity, RequestTags tags) {
    @Nullable RequestConfig asked = tags.getTag(RequestConfig.class);
    boolean impersonates = asked != null && isPresent(asked.getImpersonateUsername());
    identity
        .headers()
        .forEach(
            (name, values) -> {
              // A client may be told to act as someone else for a while; that stands.
              if (!impersonates || !name.startsWith("Impersonate-")) {
                request.setHeader(name, values.get(0));
                values.stream().skip(1).forEach(value -> request.header(name, value));
              }
            });
  }

  private static boolean isPresent(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder request, HttpResponse<?> response, RequestTags tags) {
    if (response.code() != UNAUTHORIZED) {
      return CompletableFuture.completedFuture(false);
    }
    List<String> sent = response.request().headers(AUTHORIZATION);
    // Renewing may run a program: not on the thread of the connection.
    return CompletableFuture.supplyAsync(
        () -> {
          Identity now = credentials.current();
          boolean another = !Objects.equals(sent, header(now));
          if (!another && !credentials.renew(now)) {
            return false;
          }
          apply(request, credentials.current(), tags);
          return true;
        },
        task -> Thread.ofVirtual().name("freshet-renew").start(task));
  }

  private static List<String> header(Identity identity) {
    return Optional.ofNullable(identity.headers().get(AUTHORIZATION)).orElse(List.of());
  }
}
