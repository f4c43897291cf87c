package dev.freshet.testkit.fault;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The JSON bodies of lists and watches of one kind, as the API server writes them.
 *
 * <pre>{@code
 * Answers pods = Answers.of(Pod.class);
 * server.answerList(pods.list(10, web, db));
 * server.acceptWatch().push(pods.modified(web2)).push(pods.bookmark(12));
 * }</pre>
 *
 * <p>An event is one line, its line break included. Nothing is checked: versions may go back,
 * objects may come twice. Immutable.
 */
public final class Answers {
  private final String apiVersion;
  private final String kind;

  private Answers(String apiVersion, String kind) {
    this.apiVersion = apiVersion;
    this.kind = kind;
  }

  /** Bodies for a kind by its fabric8 class. */
  public static Answers of(Class<? extends HasMetadata> type) {
    return new Answers(HasMetadata.getApiVersion(type), HasMetadata.getKind(type));
  }

  /** One object alone, the answer to a get or a write of it. */
  public static String json(HasMetadata object) {
    return Statuses.json(object);
  }

  /** A whole list, or the last page of one. */
  public String list(long version, HasMetadata... items) {
    return list("\"resourceVersion\":\"" + version + "\"", List.of(items));
  }

  /** A page of a list that goes on with a token. */
  public String page(long version, String continueToken, HasMetadata... items) {
    return list(
        "\"resourceVersion\":\"" + version + "\",\"continue\":\"" + continueToken + "\"",
        List.of(items));
  }

  private String list(String metadata, List<HasMetadata> items) {
    return "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":{%s},\"items\":[%s]}\n"
        .formatted(
            kind,
            apiVersion,
            metadata,
            items.stream().map(Statuses::json).collect(Collectors.joining(",")));
  }

  /** An event: the object is there, at its own version. */
  public String added(HasMetadata object) {
    return event("ADDED", Statuses.json(object));
  }

  /** An event: the object changed. */
  public String modified(HasMetadata object) {
    return event("MODIFIED", Statuses.json(object));
  }

  /** An event: the object is gone; its version is that of the deletion. */
  public String deleted(HasMetadata object) {
    return event("DELETED", Statuses.json(object));
  }

  /** An event: everything up to this version has been sent. */
  public String bookmark(long version) {
    return bookmark("\"resourceVersion\":\"" + version + "\"");
  }

  /** The bookmark after the first events of a streamed list. */
  public String initialEventsEnd(long version) {
    return bookmark(
        "\"resourceVersion\":\""
            + version
            + "\",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}");
  }

  private String bookmark(String metadata) {
    return event(
        "BOOKMARK",
        "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":{%s}}"
            .formatted(kind, apiVersion, metadata));
  }

  /** An event: the watch has failed. */
  public String error(Status failure) {
    return event("ERROR", Statuses.json(failure));
  }

  private static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
  }
}
