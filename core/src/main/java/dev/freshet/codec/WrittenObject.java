package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceVersion;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The answer to a write: the object as it is stored now, in JSON.
 *
 * @param version the object's version; {@link ResourceVersion#NONE} if it has none
 * @param uid the object's UID; empty if it has none
 */
public record WrittenObject(ResourceVersion version, String uid) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads one.
   *
   * @throws MalformedResponseException if this is no JSON object
   */
  public static WrittenObject of(String json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean metadata = parser.currentName().equals("metadata");
        if (parser.nextToken() == JsonToken.START_OBJECT && metadata) {
          return ofMetadata(parser);
        }
        parser.skipChildren();
      }
      return new WrittenObject(ResourceVersion.NONE, "");
    } catch (JacksonException e) {
      throw new MalformedResponseException(
          "the answer to a write is not well-formed JSON", "Try again.");
    }
  }

  private static WrittenObject ofMetadata(JsonParser metadata) {
    ResourceVersion version = ResourceVersion.NONE;
    String uid = "";
    while (metadata.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = metadata.currentName();
      if (metadata.nextToken() == JsonToken.VALUE_STRING) {
        switch (field) {
          case "resourceVersion" -> version = new ResourceVersion(metadata.getString());
          case "uid" -> uid = metadata.getString();
          default -> {}
        }
      }
      metadata.skipChildren();
    }
    return new WrittenObject(version, uid);
  }
}
