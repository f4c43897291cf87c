package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceVersion;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The answer to a write: the object as it is stored now, in JSON. */
public final class WrittenObject {

  private static final JsonFactory JSON = new JsonFactory();

  private WrittenObject() {}

  /**
   * The object's version; {@link ResourceVersion#NONE} if it has none.
   *
   * @throws MalformedResponseException if this is no JSON object
   */
  public static ResourceVersion version(String json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean metadata = parser.currentName().equals("metadata");
        if (parser.nextToken() == JsonToken.START_OBJECT && metadata) {
          return versionIn(parser);
        }
        parser.skipChildren();
      }
      return ResourceVersion.NONE;
    } catch (JacksonException e) {
      throw new MalformedResponseException(
          "the answer to a write is not well-formed JSON", "Try again.");
    }
  }

  private static ResourceVersion versionIn(JsonParser metadata) {
    while (metadata.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean version = metadata.currentName().equals("resourceVersion");
      if (metadata.nextToken() == JsonToken.VALUE_STRING && version) {
        return new ResourceVersion(metadata.getString());
      }
      metadata.skipChildren();
    }
    return ResourceVersion.NONE;
  }
}
