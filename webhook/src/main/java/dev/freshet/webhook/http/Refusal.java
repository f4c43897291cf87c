package dev.freshet.webhook.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Map;

/**
 * An answer that no handler gave.
 *
 * @param headers in addition to those of every answer
 * @param ends whether the connection ends, since what comes on it is not read
 */
record Refusal(int status, String message, Map<CharSequence, String> headers, boolean ends) {

  private static Refusal of(int status, String message) {
    return new Refusal(status, message, Map.of(), false);
  }

  private static Refusal ending(int status, String message) {
    return new Refusal(status, message, Map.of(), true);
  }

  static Refusal malformed() {
    return ending(400, "this is not HTTP/1.1");
  }

  static Refusal noCertificate() {
    return of(
        401,
        "a client certificate is required; give kube-apiserver one for this webhook in the file of"
            + " --admission-control-config-file");
  }

  static Refusal foreignSubject() {
    return of(403, "the client certificate is valid, but its common name may not call this server");
  }

  static Refusal unknownPath() {
    return of(404, "nothing is served at this path");
  }

  static Refusal wrongMethod(String allowed) {
    return new Refusal(
        405, "this path takes " + allowed, Map.of(HttpHeaderNames.ALLOW, allowed), false);
  }

  static Refusal tooSlow(String what) {
    return ending(408, what + " did not arrive in time");
  }

  static Refusal bodyTooLong(int maxBytes) {
    return ending(413, "the body is longer than " + maxBytes + " bytes");
  }

  static Refusal lineTooLong() {
    return ending(414, "the request line is longer than " + HttpLimits.MAX_LINE_BYTES + " bytes");
  }

  static Refusal busy() {
    return new Refusal(
        429, "too many requests are in work", Map.of(HttpHeaderNames.RETRY_AFTER, "1"), false);
  }

  static Refusal headersTooLong() {
    return ending(431, "the headers are too long or too many");
  }
}
