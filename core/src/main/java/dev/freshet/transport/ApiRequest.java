package dev.freshet.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * One request to the API server: a GET, or one of the writes that Freshet sends by itself, all to
 * an object of its user's choice that it touches.
 *
 * @param purpose what the request is for
 * @param caller who asks, as named in the User-Agent and in accounts
 * @param pathAndQuery from the leading slash, already percent-encoded
 * @param accept the Accept header
 * @param gzip whether the answer may be compressed; whoever reads it then must see to that
 * @param answerWithin how long to wait for the status line and headers
 * @param write what to write; empty for a GET
 */
public record ApiRequest(
    Purpose purpose,
    String caller,
    String pathAndQuery,
    String accept,
    boolean gzip,
    Duration answerWithin,
    Optional<Write> write) {

  /**
   * A change to one object. It is sent at most once.
   *
   * @param contentType which kind of body it is
   */
  public record Write(Method method, String contentType, String json) {

    /** The HTTP methods of writes. */
    public enum Method {
      POST,
      PATCH,
      DELETE
    }
  }

  /** A GET. */
  public ApiRequest(
      Purpose purpose,
      String caller,
      String pathAndQuery,
      String accept,
      boolean gzip,
      Duration answerWithin) {
    this(purpose, caller, pathAndQuery, accept, gzip, answerWithin, Optional.empty());
  }

  /** A GET whose answer is not to be compressed. */
  public ApiRequest(
      Purpose purpose, String caller, String pathAndQuery, String accept, Duration answerWithin) {
    this(purpose, caller, pathAndQuery, accept, false, answerWithin);
  }

  /** The same, with another time to wait for the headers. */
  public ApiRequest answerWithin(Duration time) {
    return new ApiRequest(purpose, caller, pathAndQuery, accept, gzip, time, write);
  }

  /**
   * What a request is for: it decides the connection it travels on and the account it is put on.
   */
  public enum Purpose {
    /** A list or get for a reader, or what the server measures of itself: bulk bytes. */
    DIRECT,
    /** The list that starts or restarts a cache: bulk bytes. */
    SYNC,
    /** The watch that keeps a cache: a long stream of few bytes. */
    WATCH,
    /** A quorum read that brings nothing but how far the server is. */
    PROBE,
    /** A write of an object of ours, whose event moves a frontier. */
    TOUCH,
    /** The list that a cache is compared with: bulk bytes. */
    AUDIT,
    /** A small question about the server, mostly before a list: version, kinds. */
    DISCOVERY
  }
}
