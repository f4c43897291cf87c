package dev.freshet.request;

import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.selector.FieldSelector;
import dev.freshet.selector.LabelSelector;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Builds the URL of a list or watch of one collection. For one thread. */
public final class CollectionUrl {

  private final StringBuilder url = new StringBuilder();
  private char separator = '?';

  private CollectionUrl(ResourceType type, Optional<String> namespace) {
    url.append(type.group().isEmpty() ? "/api/" : "/apis/").append(type.apiVersion());
    if (type.namespaced() && namespace.isPresent()) {
      url.append("/namespaces/").append(encoded(namespace.get()));
    }
    url.append('/').append(type.plural());
  }

  /**
   * Begins the URL of a collection.
   *
   * @param namespace the one to look in; empty for all
   */
  public static CollectionUrl of(ResourceType type, Optional<String> namespace) {
    return new CollectionUrl(type, namespace);
  }

  public CollectionUrl labels(LabelSelector labels) {
    return labels.requirements().isEmpty() ? this : with("labelSelector", labels.toString());
  }

  public CollectionUrl fields(FieldSelector fields) {
    return fields.terms().isEmpty() ? this : with("fieldSelector", fields.toString());
  }

  /**
   * Makes it a watch of everything after {@code from}, which the server ends after {@code life}.
   */
  public CollectionUrl watchFrom(ResourceVersion from, Duration life) {
    return with("watch", "true")
        .with("allowWatchBookmarks", "true")
        .with("resourceVersion", from.text())
        .with("timeoutSeconds", Long.toString(life.toSeconds()));
  }

  /**
   * Makes it a streamed list: a watch that begins with all objects, at a version that is current
   * when the server begins, and goes on with what follows.
   */
  public CollectionUrl streamedList(Duration life) {
    return with("watch", "true")
        .with("sendInitialEvents", "true")
        .with("resourceVersionMatch", "NotOlderThan")
        .with("allowWatchBookmarks", "true")
        .with("timeoutSeconds", Long.toString(life.toSeconds()));
  }

  /** Makes it the list at exactly this version, or 410 if its history is gone. */
  public CollectionUrl exactly(ResourceVersion version) {
    return with("resourceVersion", version.text()).with("resourceVersionMatch", "Exact");
  }

  /** Adds any other parameter. */
  public CollectionUrl with(String name, String value) {
    url.append(separator).append(name).append('=').append(encoded(value));
    separator = '&';
    return this;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Path and query. */
  @Override
  public String toString() {
    return url.toString();
  }
}
