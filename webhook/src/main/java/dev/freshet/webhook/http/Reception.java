package dev.freshet.webhook.http;

import dev.freshet.webhook.http.Arrival.Admitted;
import dev.freshet.webhook.http.Arrival.Refused;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * Lets a request in or not, by its head alone: for whoever may not call, or finds a path full,
 * nobody holds a body. Who may not call does not learn which paths there are. Thread-safe.
 */
final class Reception {

  private static final byte[] STILL_TO_COME = {};

  private final ClientPolicy clients;
  private final Set<String> probePaths;
  private final int maxBodyBytes;
  private final Map<String, Place> places;

  /** A path, and room for the requests to it. */
  private record Place(Endpoint endpoint, Semaphore room) {}

  Reception(ServerOptions options, Map<String, Endpoint> endpoints) {
    clients = options.clients();
    probePaths = options.probePaths();
    maxBodyBytes = options.limits().maxBodyBytes();
    int atOnce = options.limits().maxConcurrent();
    places =
        endpoints.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> new Place(e.getValue(), new Semaphore(atOnce))));
  }

  Arrival receive(
      io.netty.handler.codec.http.HttpRequest head,
      Optional<X509Certificate> client,
      long receivedNanos) {
    if (head.decoderResult().isFailure()) {
      return new Refused(unreadable(head.decoderResult().cause()));
    }
    if (head.headers().size() > HttpLimits.MAX_HEADERS) {
      return new Refused(Refusal.headersTooLong());
    }
    if (isTooLong(head)) {
      return new Refused(Refusal.bodyTooLong(maxBodyBytes));
    }
    try {
      return receive(request(head, client, receivedNanos));
    } catch (IllegalArgumentException e) {
      // An escape that is none, in the path or the query.
      return new Refused(Refusal.malformed());
    }
  }

  private static Refusal unreadable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException e -> Refusal.lineTooLong();
      case TooLongHttpHeaderException e -> Refusal.headersTooLong();
      default -> Refusal.malformed();
    };
  }

  private boolean isTooLong(HttpMessage head) {
    return HttpUtil.isContentLengthSet(head) && HttpUtil.getContentLength(head) > maxBodyBytes;
  }

  private static HttpRequest request(
      io.netty.handler.codec.http.HttpRequest head,
      Optional<X509Certificate> client,
      long receivedNanos) {
    var uri = new QueryStringDecoder(head.uri());
    return new HttpRequest(
        head.method().name(),
        uri.path(),
        uri.parameters().entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> first(e.getValue()))),
        Optional.ofNullable(head.headers().get(HttpHeaderNames.CONTENT_TYPE)),
        STILL_TO_COME,
        client,
        receivedNanos);
  }

  private static String first(List<String> values) {
    return values.getFirst();
  }

  private Arrival receive(HttpRequest request) {
    Optional<Refusal> stranger = stranger(request);
    if (stranger.isPresent()) {
      return new Refused(stranger.get());
    }
    Place place = places.get(request.path());
    if (place == null) {
      return new Refused(Refusal.unknownPath());
    }
    if (!place.endpoint().method().equals(request.method())) {
      return new Refused(Refusal.wrongMethod(place.endpoint().method()));
    }
    return place.room().tryAcquire()
        ? new Admitted(request, place.endpoint().handler(), place.room())
        : new Refused(Refusal.busy());
  }

  private Optional<Refusal> stranger(HttpRequest request) {
    return switch (clients) {
      case ClientPolicy.Unverified anybody -> Optional.empty();
      case ClientPolicy.Subjects named when isProbe(request.path()) -> Optional.empty();
      case ClientPolicy.Subjects named when request.client().isEmpty() ->
          Optional.of(Refusal.noCertificate());
      case ClientPolicy.Subjects named ->
          request
                  .client()
                  .flatMap(PeerCertificate::commonName)
                  .filter(named.commonNames()::contains)
                  .isPresent()
              ? Optional.empty()
              : Optional.of(Refusal.foreignSubject());
    };
  }

  private boolean isProbe(String path) {
    return probePaths.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
  }
}
