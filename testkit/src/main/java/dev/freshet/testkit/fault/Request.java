package dev.freshet.testkit.fault;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it reached the fault server or a request proxy.
 *
 * @param method such as {@code GET}
 * @param path without the query, not decoded, such as {@code /api/v1/pods}
 * @param query the parameters, decoded; of a repeated one the first
 * @param headers all header fields under their lower-case names
 * @param body the body as UTF-8 text; empty for reads, and always empty in a request proxy
 * @param connection the number of the connection it came on, counted from 1
 */
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, List<String>> headers,
    String body,
    long connection) {

  public Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  static Request of(
      String method,
      String pathAndQuery,
      Map<String, List<String>> headers,
      String body,
      long connection) {
    var decoder = new QueryStringDecoder(pathAndQuery);
    Map<String, String> query = new LinkedHashMap<>();
    decoder.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
    return new Request(method, decoder.rawPath(), query, headers, body, connection);
  }

  /** The first value of a header field, whatever the case of {@code name}. */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.stream().findFirst();
  }

  /** Whether it asks for a watch, a streamed list included. */
  public boolean isWatch() {
    String watch = query.getOrDefault("watch", "");
    return method.equals("GET") && (watch.equals("true") || watch.equals("1"));
  }

  /** Whether it asks for a list as a watch's first events ({@code sendInitialEvents}). */
  public boolean isStreamedList() {
    return isWatch() && query.getOrDefault("sendInitialEvents", "").equals("true");
  }

  /** Method, path and query; no headers, which may hold a token. */
  @Override
  public String toString() {
    return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " on #" + connection;
  }
}
