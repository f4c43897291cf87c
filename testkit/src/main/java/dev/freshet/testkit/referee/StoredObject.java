package dev.freshet.testkit.referee;

import dev.freshet.testkit.history.ContentHash;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the referee notes of an object that lies in etcd as JSON. */
record StoredObject(String uid, Map<String, String> labels, String tag, long content) {

  /**
   * Reads an object.
   *
   * @param tagAnnotation the annotation whose value is the object's tag
   */
  static StoredObject read(String key, String value, String tagAnnotation) {
    if (!value.startsWith("{")) {
      throw new RefereeException(
          "etcd holds "
              + key
              + " in a form that is not JSON. Start the control plane with readableStorage().");
    }
    try {
      JsonNode object = JsonMapper.shared().readTree(value);
      JsonNode metadata = object.path("metadata");
      return new StoredObject(
          metadata.path("uid").asString(""),
          labels(metadata.path("labels")),
          metadata.path("annotations").path(tagAnnotation).asString(""),
          ContentHash.of(object));
    } catch (JacksonException e) {
      throw new RefereeException("etcd holds " + key + " as broken JSON.", e);
    }
  }

  private static Map<String, String> labels(JsonNode labels) {
    var read = new HashMap<String, String>();
    labels.properties().forEach(label -> read.put(label.getKey(), label.getValue().asString("")));
    return Map.copyOf(read);
  }
}
