package dev.freshet.webhook.http;

import dev.freshet.error.ConfigurationException;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a client may take, each from a beginning that its bytes do not move: a client that sends
 * a byte now and then is as late as one that sends nothing. Immutable.
 *
 * @param handshake for TLS, from the connection on; then it is closed
 * @param header from a request's first byte to the end of its headers; then 408 and closed
 * @param body from there to the end of its body; then 408 and closed
 * @param write from an answer's beginning until the network has taken it; then closed, though TLS
 *     waits another 3 s for its farewell to leave
 * @param idle without a byte, between requests or before the first; then closed
 * @param drainGrace how long a drain leaves idle connections open, so that a request that is on its
 *     way already meets a server
 */
public record HttpDeadlines(
    Duration handshake,
    Duration header,
    Duration body,
    Duration write,
    Duration idle,
    Duration drainGrace) {

  public static final Duration HANDSHAKE = Duration.ofSeconds(5);
  public static final Duration HEADER = Duration.ofSeconds(5);
  public static final Duration BODY = Duration.ofSeconds(10);
  public static final Duration WRITE = Duration.ofSeconds(10);

  /** Longer than the 90 s after which Go's clients, such as kube-apiserver, close idle ones. */
  public static final Duration IDLE = Duration.ofMinutes(2);

  public static final Duration DRAIN_GRACE = Duration.ofSeconds(1);

  public HttpDeadlines {
    if (Stream.of(handshake, header, body, write, idle, drainGrace)
        .anyMatch(d -> !d.isPositive())) {
      throw new ConfigurationException(
          "a deadline of the HTTPS server is not positive", "Give each some time.");
    }
  }

  public static HttpDeadlines defaults() {
    return new HttpDeadlines(HANDSHAKE, HEADER, BODY, WRITE, IDLE, DRAIN_GRACE);
  }

  public HttpDeadlines handshake(Duration within) {
    return new HttpDeadlines(within, header, body, write, idle, drainGrace);
  }

  public HttpDeadlines header(Duration within) {
    return new HttpDeadlines(handshake, within, body, write, idle, drainGrace);
  }

  public HttpDeadlines body(Duration within) {
    return new HttpDeadlines(handshake, header, within, write, idle, drainGrace);
  }

  public HttpDeadlines write(Duration within) {
    return new HttpDeadlines(handshake, header, body, within, idle, drainGrace);
  }

  public HttpDeadlines idle(Duration longest) {
    return new HttpDeadlines(handshake, header, body, write, longest, drainGrace);
  }

  public HttpDeadlines drainGrace(Duration grace) {
    return new HttpDeadlines(handshake, header, body, write, idle, grace);
  }
}
