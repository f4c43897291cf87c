package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.JsonForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a failed answer says of itself: the API's {@code Status}, in protobuf or JSON, or the plain
 * text that proxies and priority-and-fairness send instead.
 *
 * @param reason machine-readable, such as {@code Forbidden}; may be empty
 * @param message for people; may be empty
 */
public record StatusBody(String reason, String message) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a body of any content; what is no {@code Status} becomes the message as it is. */
  public static StatusBody parse(byte[] body) {
    try {
      return isProtobuf(body) ? ofJson(json(body)) : ofJson(body);
    } catch (JacksonException | MalformedResponseException e) {
      return new StatusBody("", isProtobuf(body) ? "" : new String(body, StandardCharsets.UTF_8));
    }
  }

  private static boolean isProtobuf(byte[] body) {
    int magic = Envelope.MAGIC.length;
    return body.length >= magic && Arrays.equals(body, 0, magic, Envelope.MAGIC, 0, magic);
  }

  private static byte[] json(byte[] protobuf) {
    Cursor cursor = new Cursor(protobuf);
    Envelope envelope = new Envelope();
    envelope.enter(cursor, protobuf);
    return JsonForm.ofMessage(envelope.known().message(), cursor);
  }

  private static StatusBody ofJson(byte[] body) {
    String reason = "";
    String message = "";
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new StatusBody("", new String(body, StandardCharsets.UTF_8));
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
    }
    return new StatusBody(reason, message);
  }
}
