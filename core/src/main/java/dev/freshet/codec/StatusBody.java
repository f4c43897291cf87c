package dev.freshet.codec;

import dev.freshet.error.FreshetException;
import dev.freshet.protobuf.Cursor;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a failed answer says of itself: the API's {@code Status}, or the plain text that proxies and
 * priority-and-fairness send instead.
 *
 * @param reason machine-readable, such as {@code Forbidden}; may be empty
 * @param message for people; may be empty
 */
public record StatusBody(String reason, String message) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a body of any content; what is no {@code Status} becomes the message as it is. */
  public static StatusBody parse(byte[] body) {
    return Envelope.isAt(body, 0) ? protobuf(body) : json(body);
  }

  private static StatusBody protobuf(byte[] body) {
    try {
      Cursor cursor = new Cursor(body);
      new Envelope().enter(cursor, body);
      ProtobufStatus status = ProtobufStatus.read(cursor);
      return new StatusBody(status.reason(), status.message());
    } catch (FreshetException e) {
      return new StatusBody("", "(the answer is protobuf, and damaged: " + e.problem() + ")");
    }
  }

  private static StatusBody json(byte[] body) {
    String reason = "";
    String message = "";
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return plain(body);
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && name.equals("reason")) {
          reason = parser.getString();
        } else if (value == JsonToken.VALUE_STRING && name.equals("message")) {
          message = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      return plain(body);
    }
    return new StatusBody(reason, message);
  }

  private static StatusBody plain(byte[] body) {
    return new StatusBody("", new String(body, StandardCharsets.UTF_8));
  }
}
