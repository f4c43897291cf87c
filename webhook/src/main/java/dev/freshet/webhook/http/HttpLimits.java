package dev.freshet.webhook.http;

import dev.freshet.error.ConfigurationException;

/**
 * How much of a server its clients may have. Immutable.
 *
 * @param maxConnections connections at once; one more is closed as soon as it is accepted
 * @param maxConcurrent requests in work at once per path, their arrival included; one more is
 *     answered 429 with {@code Retry-After: 1}. Times {@code maxBodyBytes}, it bounds what bodies
 *     may take up
 * @param maxBodyBytes a longer body is answered 413 as soon as that shows, and the connection ends
 * @param maxHeaderBytes longer headers are answered 431, and the connection ends
 * @param deadlines how long clients may take
 */
public record HttpLimits(
    int maxConnections,
    int maxConcurrent,
    int maxBodyBytes,
    int maxHeaderBytes,
    HttpDeadlines deadlines) {

  /** Ten API servers with a hundred connections each. */
  public static final int MAX_CONNECTIONS = 1_000;

  /** More than an API server has changes in flight unless told otherwise, which is 200. */
  public static final int MAX_CONCURRENT = 256;

  /** 7 MiB: kube-apiserver takes requests of up to 3 MiB, and reviews carry the old object, too. */
  public static final int MAX_BODY_BYTES = 7 << 20;

  /** 16 KiB. */
  public static final int MAX_HEADER_BYTES = 16 << 10;

  /** Header lines of one request; more are answered 431. */
  static final int MAX_HEADERS = 100;

  /** Bytes of the line with the path; a longer one is answered 414. */
  static final int MAX_LINE_BYTES = 4 << 10;

  public HttpLimits {
    if (Math.min(Math.min(maxConnections, maxConcurrent), Math.min(maxBodyBytes, maxHeaderBytes))
        <= 0) {
      throw new ConfigurationException(
          "a limit of the HTTPS server is not positive", "Give limits of at least 1.");
    }
  }

  public static HttpLimits defaults() {
    return new HttpLimits(
        MAX_CONNECTIONS,
        MAX_CONCURRENT,
        MAX_BODY_BYTES,
        MAX_HEADER_BYTES,
        HttpDeadlines.defaults());
  }

  public HttpLimits maxConnections(int connections) {
    return new HttpLimits(connections, maxConcurrent, maxBodyBytes, maxHeaderBytes, deadlines);
  }

  public HttpLimits maxConcurrent(int requests) {
    return new HttpLimits(maxConnections, requests, maxBodyBytes, maxHeaderBytes, deadlines);
  }

  public HttpLimits maxBodyBytes(int bytes) {
    return new HttpLimits(maxConnections, maxConcurrent, bytes, maxHeaderBytes, deadlines);
  }

  public HttpLimits maxHeaderBytes(int bytes) {
    return new HttpLimits(maxConnections, maxConcurrent, maxBodyBytes, bytes, deadlines);
  }

  public HttpLimits deadlines(HttpDeadlines within) {
    return new HttpLimits(maxConnections, maxConcurrent, maxBodyBytes, maxHeaderBytes, within);
  }
}
