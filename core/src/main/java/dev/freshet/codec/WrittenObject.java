package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceVersion;
import java.util.Optional;
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
    return metadata(json, "resourceVersion").map(ResourceVersion::new).orElse(ResourceVersion.NONE);
  }

  /**
   * The object's UID.
   *
   * @throws MalformedResponseException if this is no JSON object
   */
  public static Optional<String> uid(String json) {
    return metadata(json, "uid");
  }

  private static Optional<String> metadata(String json, String field) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean metadata = parser.currentName().equals("metadata");
        if (parser.nextToken() == JsonToken.START_OBJECT && metadata) {
          return text(parser, field);
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException e) {
      throw new MalformedResponseException(
          "the answer to a write is not well-formed JSON", "Try again.");
    }
  }

  private static Optional<String> text(JsonParser in, String field) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = in.currentName().equals(field);
      if (in.nextToken() == JsonToken.VALUE_STRING && wanted) {
        return Optional.of(in.getString());
      }
      in.skipChildren();
    }
    return Optional.empty();
  }
}
