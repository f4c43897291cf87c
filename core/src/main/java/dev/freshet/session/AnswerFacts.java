package dev.freshet.session;

import dev.freshet.object.ResourceVersion;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a session needs to know of an answer: the version and identity of the object, or of the
 * object that a {@code Status} speaks of. Texts that are absent are empty.
 *
 * @param isStatus whether it is a {@code Status} instead of an object
 * @param version of the object or list
 */
public record AnswerFacts(
    boolean isStatus, ResourceVersion version, String namespace, String name, String uid) {

  /** An answer that tells nothing. */
  public static final AnswerFacts NONE = new AnswerFacts(false, ResourceVersion.NONE, "", "", "");

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads an answer's JSON as far as necessary: the API server writes metadata first.
   *
   * @return what was found; nothing of what is no JSON object
   */
  public static AnswerFacts of(byte[] body) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? new Reading(parser).read() : NONE;
    } catch (JacksonException e) {
      return NONE;
    }
  }

  /**
   * Whether the JSON body of a delete asks for a dry run.
   *
   * @param body {@code DeleteOptions}, or anything
   */
  static boolean asksForDryRun(String body) {
    if (!body.contains("\"dryRun\"")) {
      return false;
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean here = parser.currentName().equals("dryRun");
        JsonToken value = parser.nextToken();
        if (here) {
          return value == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.VALUE_STRING;
        }
        parser.skipChildren();
      }
      return false;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static final class Reading {
    private final JsonParser parser;
    private boolean isStatus;
    private String version = "";
    private String namespace = "";
    private String name = "";
    private String uid = "";

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    AnswerFacts read() {
      while (version.isEmpty() && parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String member = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (member) {
          case "kind" -> isStatus = "Status".equals(parser.getValueAsString());
          case "metadata", "details" -> {
            if (value == JsonToken.START_OBJECT) {
              identity();
            }
          }
          default -> parser.skipChildren();
        }
      }
      return new AnswerFacts(isStatus, new ResourceVersion(version), namespace, name, uid);
    }

    private void identity() {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String member = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value != JsonToken.VALUE_STRING) {
          parser.skipChildren();
          continue;
        }
        switch (member) {
          case "resourceVersion" -> version = parser.getString();
          case "namespace" -> namespace = parser.getString();
          case "name" -> name = parser.getString();
          case "uid" -> uid = parser.getString();
          default -> {}
        }
      }
    }
  }
}
