package dev.freshet.session;

import java.util.Locale;
import java.util.Optional;

/**
 * What a request of a client means for its session.
 *
 * @param kind what it may do
 * @param path what it is about
 */
public record ObservedCall(Kind kind, RequestPath path) {

  /** A closed set of what a request may do. */
  public enum Kind {
    /** Reads one object. */
    GET,
    /** Lists a collection as it is. */
    CONSISTENT_LIST,
    /** Lists a collection as it was, or a further page. */
    LIST,
    /** Creates, changes or replaces an object. */
    WRITE,
    /** Deletes one object. */
    DELETE,
    /** Deletes what matches. */
    DELETE_COLLECTION,
    /** Does not touch stored objects, or is a stream that nobody reads along. */
    NOTHING
  }

  /**
   * Classifies a request.
   *
   * @param path percent-encoded, from {@code /api} or {@code /apis}
   * @param query percent-encoded; empty for none
   * @param body of the request; empty for none
   * @return empty if it is not about a resource
   */
  public static Optional<ObservedCall> of(String method, String path, String query, String body) {
    return RequestPath.parse(path)
        .map(
            about ->
                new ObservedCall(
                    about.isStored()
                        ? kind(method.toUpperCase(Locale.ROOT), about, query, body)
                        : Kind.NOTHING,
                    about));
  }

  private static Kind kind(String method, RequestPath path, String query, String body) {
    return switch (method) {
      case "GET" -> read(path, query);
      case "POST", "PUT", "PATCH" -> has(query, "dryRun") ? Kind.NOTHING : Kind.WRITE;
      case "DELETE" -> {
        if (has(query, "dryRun") || AnswerFacts.asksForDryRun(body)) {
          yield Kind.NOTHING;
        }
        yield path.name().isEmpty() ? Kind.DELETE_COLLECTION : Kind.DELETE;
      }
      default -> Kind.NOTHING;
    };
  }

  private static Kind read(RequestPath path, String query) {
    if (isTrue(query, "watch")) {
      return Kind.NOTHING;
    }
    if (!path.name().isEmpty()) {
      return Kind.GET;
    }
    return has(query, "resourceVersion") || has(query, "continue")
        ? Kind.LIST
        : Kind.CONSISTENT_LIST;
  }

  /** Whether a parameter is there with a value. */
  private static boolean has(String query, String name) {
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith(name + "=") && parameter.length() > name.length() + 1) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrue(String query, String name) {
    return has(query, name) && !query.contains(name + "=false") && !query.contains(name + "=0");
  }
}
