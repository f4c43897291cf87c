package dev.freshet.request;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The URL of one object, or of a subresource of it. */
public final class ObjectUrl {

  private ObjectUrl() {}

  public static String of(ResourceType type, ObjectKey key) {
    Optional<String> namespace =
        key.namespace().isEmpty() ? Optional.empty() : Optional.of(key.namespace());
    return CollectionUrl.of(type, namespace)
        + "/"
        + URLEncoder.encode(key.name(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  public static String of(ResourceType type, ObjectKey key, String subresource) {
    return of(type, key) + "/" + subresource;
  }
}
