package dev.freshet.webhook.http;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has arrived whole.
 *
 * @param path decoded, without the query
 * @param query decoded; of a name given twice, the first value
 * @param client the client's certificate, signed by the client authority; empty only where none is
 *     asked for
 * @param receivedNanos {@link System#nanoTime} when its first byte came; for one that was sent
 *     before its predecessor was answered, when its turn came
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpRequest(
    String method,
    String path,
    Map<String, String> query,
    Optional<String> contentType,
    byte[] body,
    Optional<X509Certificate> client,
    long receivedNanos) {

  HttpRequest withBody(byte[] whole) {
    return new HttpRequest(method, path, query, contentType, whole, client, receivedNanos);
  }
}
