package dev.freshet.testkit.workload;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds JSON objects, in the order in which their fields are named. */
final class JsonObject {
  private JsonObject() {}

  /** An object of alternating names and values: strings, numbers, booleans, lists, objects. */
  static Map<String, Object> of(Object... namesAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
