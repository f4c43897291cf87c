package dev.freshet.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The whole answer to one request.
 *
 * @param status 200 to 599
 * @param contentType printable ASCII
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpAnswer(int status, String contentType, byte[] body) {

  private static final int OK = 200;
  private static final int MAX_STATUS = 599;

  public HttpAnswer {
    if (status < OK || status > MAX_STATUS) {
      throw new IllegalArgumentException("not the status of an answer: " + status);
    }
    if (contentType.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("not a content type");
    }
  }

  /** A document, with status 200. */
  public static HttpAnswer json(byte[] document) {
    return json(OK, document);
  }

  public static HttpAnswer json(int status, byte[] document) {
    return new HttpAnswer(status, "application/json", document);
  }

  /** A message of one line for people. */
  public static HttpAnswer text(int status, String message) {
    return new HttpAnswer(status, "text/plain; charset=utf-8", (message + "\n").getBytes(UTF_8));
  }
}
