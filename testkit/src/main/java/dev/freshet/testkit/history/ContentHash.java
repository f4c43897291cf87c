package dev.freshet.testkit.history;

import tools.jackson.databind.JsonNode;

/**
 * A hash of an object's fields that is the same for the object as it is served and as etcd holds
 * it, where it says the same.
 *
 * <p>The two differ in ways that mean nothing: etcd's has no resourceVersion, listed ones have
 * neither kind nor apiVersion, clients drop managedFields, and some write empty fields that others
 * leave out. All of these are left out here; the order of fields does not count, that of lists
 * does.
 */
public final class ContentHash {
  private static final long PRIME = 0x100000001b3L;

  private ContentHash() {}

  /** The hash of an object; never {@link Item#UNSEEN}. */
  public static long of(JsonNode object) {
    long hash = 1;
    for (var field : object.properties()) {
      switch (field.getKey()) {
        case "kind", "apiVersion" -> {}
        case "metadata" -> hash += named("metadata", metadata(field.getValue()));
        default -> hash += named(field.getKey(), value(field.getValue()));
      }
    }
    return hash == Item.UNSEEN ? 1 : hash;
  }

  private static long metadata(JsonNode metadata) {
    long hash = 0;
    for (var field : metadata.properties()) {
      switch (field.getKey()) {
        case "resourceVersion", "managedFields", "selfLink" -> {}
        default -> hash += named(field.getKey(), value(field.getValue()));
      }
    }
    return hash;
  }

  /** 0 for what is empty, which therefore adds nothing to what holds it. */
  private static long value(JsonNode node) {
    if (node.isObject()) {
      long hash = 0;
      for (var field : node.properties()) {
        hash += named(field.getKey(), value(field.getValue()));
      }
      return hash;
    }
    if (node.isArray()) {
      long hash = 0;
      for (JsonNode element : node) {
        hash = (hash + 1) * PRIME + value(element);
      }
      return hash;
    }
    return node.isNull() ? 0 : ItemHash.of(node.asString(), "", 0, "");
  }

  private static long named(String name, long value) {
    return value == 0 ? 0 : ItemHash.of(name, "", value, "");
  }
}
