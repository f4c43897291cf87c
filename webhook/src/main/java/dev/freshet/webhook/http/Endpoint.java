package dev.freshet.webhook.http;

/**
 * What one path serves.
 *
 * @param method the only method it takes; others are answered 405
 */
public record Endpoint(String method, HttpHandler handler) {

  public static Endpoint get(HttpHandler handler) {
    return new Endpoint("GET", handler);
  }

  public static Endpoint post(HttpHandler handler) {
    return new Endpoint("POST", handler);
  }
}
