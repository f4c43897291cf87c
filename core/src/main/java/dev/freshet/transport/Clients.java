package dev.freshet.transport;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/**
 * The connections of one TLS identity: one client for bulk bytes and what is asked before them, one
 * for streams and what they wait for.
 *
 * <p>Two, because responses on one HTTP/2 connection share a flow-control window: a list that its
 * reader leaves lying about would otherwise hold up every watch.
 */
final class Clients {

  private final SSLContext tls;
  private final Line bulk;
  private final Line streams;
  private volatile boolean retired;

  Clients(TransportOptions options, SSLContext tls, Executor executor) {
    this.tls = tls;
    this.bulk = new Line(client(options, tls, executor));
    this.streams = new Line(client(options, tls, executor));
  }

  private static HttpClient client(TransportOptions options, SSLContext tls, Executor executor) {
    // Without TLS the JDK would offer an h2c upgrade that no API server takes.
    boolean http2 = options.http2() && "https".equals(options.server().getScheme());
    return HttpClient.newBuilder()
        .version(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
        // An API server does not redirect reads; following would carry our token elsewhere.
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(options.connectWithin())
        .proxy(options.proxy().orElse(HttpClient.Builder.NO_PROXY))
        .sslContext(tls)
        .executor(executor)
        .build();
  }

  /** True if these connections were made with the keys of {@code identity}. */
  @SuppressWarnings("ReferenceEquality") // The contract of Identity: another context, other keys.
  boolean carry(Identity identity) {
    return tls == identity.tls();
  }

  Line forPurpose(ApiRequest.Purpose purpose) {
    return switch (purpose) {
      // A reader without a cache asks for kinds and then lists: one handshake, not two.
      case DIRECT, SYNC, AUDIT, DISCOVERY -> bulk;
      case WATCH, PROBE, TOUCH -> streams;
    };
  }

  /** Takes no new request; open responses run to their end, then the connections close. */
  void retire() {
    retired = true;
    bulk.retire();
    streams.retire();
  }

  /** Cuts a line that does not work; the other one runs to its end. */
  void giveUp(Line dead) {
    retire();
    dead.cut();
  }

  boolean retired() {
    return retired;
  }

  /** Cuts everything. */
  void cut() {
    retired = true;
    bulk.cut();
    streams.cut();
  }
}
