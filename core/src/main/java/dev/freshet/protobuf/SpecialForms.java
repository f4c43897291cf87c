package dev.freshet.protobuf;

import dev.freshet.error.MalformedResponseException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Writes the messages that JSON has in a form of their own. A piece of {@link JsonWriter}. */
final class SpecialForms {

  /** Digits of one number in raw JSON; float64 needs some 330 at most. */
  private static final int MAX_NUMBER_LENGTH = 1000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Cursor.MAX_NESTING)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          .build();

  private final JsonWriter writer;
  private final JsonGenerator out;

  SpecialForms(JsonWriter writer, JsonGenerator out) {
    this.writer = writer;
    this.out = out;
  }

  /** The cursor stands at the start of the message and ends at its limit. */
  void write(MessageTable table, Cursor cursor) {
    switch (table.form()) {
      case STRUCT -> throw new IllegalArgumentException(table + " has no form of its own");
      case QUANTITY -> text(Scalars.quantity(cursor));
      case INT_OR_STRING -> intOrString(cursor);
      case TIME -> text(Scalars.time(cursor));
      case MICRO_TIME -> text(Scalars.microTime(cursor));
      case DURATION -> duration(cursor);
      case RAW -> raw(cursor);
      case ITEMS -> items(table, cursor);
      case SCHEMA_OR_BOOL -> schemaOrBool(table, cursor);
      case SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS -> schemaOrArray(table, cursor);
    }
  }

  private void intOrString(Cursor cursor) {
    switch (Scalars.intOrString(cursor)) {
      case Integer number -> out.writeNumber(number);
      case Object text -> out.writeString((String) text);
    }
  }

  private void text(@Nullable String text) {
    if (text == null) {
      out.writeNull();
    } else {
      out.writeString(text);
    }
  }

  /** Whether a time is one that Go takes for none. */
  boolean isZeroTime(Cursor cursor) {
    return Scalars.time(cursor) == null;
  }

  private void duration(Cursor cursor) {
    long nanos = 0;
    while (cursor.next()) {
      if (cursor.number() == 1) {
        nanos = cursor.integer();
      } else {
        cursor.skip();
      }
    }
    out.writeString(GoText.duration(nanos));
  }

  private void raw(Cursor cursor) {
    byte[] json = new byte[0];
    while (cursor.next()) {
      if (cursor.number() == 1) {
        json = cursor.bytes();
      } else {
        cursor.skip();
      }
    }
    if (json.length == 0) {
      out.writeNull();
      return;
    }
    // Checked, for a client may have put anything here; written as it is, so that a number keeps
    // its digits.
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        out.writeNull();
        return;
      }
      parser.skipChildren();
      int end = Math.toIntExact(parser.currentLocation().getByteOffset());
      if (parser.nextToken() != null) {
        throw MalformedResponseException.at(end, "raw JSON goes on after its value");
      }
    } catch (JacksonException e) {
      throw MalformedResponseException.at(
          cursor.place(), "what should be raw JSON is not: " + e.getClass().getSimpleName());
    }
    out.writeRawValue(new String(json, StandardCharsets.UTF_8));
  }

  private void items(MessageTable table, Cursor cursor) {
    Field items = field(table, 1);
    out.writeStartArray();
    while (cursor.next()) {
      if (cursor.number() == items.number()) {
        writer.value(items, cursor);
      } else {
        cursor.skip();
      }
    }
    out.writeEndArray();
  }

  private void schemaOrBool(MessageTable table, Cursor cursor) {
    boolean allows = false;
    boolean hasSchema = false;
    while (cursor.next()) {
      if (cursor.number() == 1) {
        allows = cursor.bool();
      } else if (cursor.number() == 2 && !hasSchema) {
        hasSchema = true;
        writer.value(field(table, 2), cursor);
      } else {
        cursor.skip();
      }
    }
    if (!hasSchema) {
      out.writeBoolean(allows);
    }
  }

  /** Field 1 is one schema, field 2 the elements of an array, which goes first. */
  private void schemaOrArray(MessageTable table, Cursor cursor) {
    int start = cursor.place();
    int end = cursor.limit();
    int wanted = 0;
    while (cursor.next()) {
      wanted = Math.max(wanted, cursor.number() <= 2 ? cursor.number() : 0);
      cursor.skip();
    }
    if (wanted == 0) {
      out.writeNull();
      return;
    }
    cursor.returnTo(start);
    while (cursor.next() && cursor.number() != wanted) {
      cursor.skip();
    }
    if (wanted == 1) {
      writer.value(field(table, 1), cursor);
      cursor.returnTo(end);
    } else {
      out.writeStartArray();
      writer.list(field(table, 2), cursor);
      out.writeEndArray();
    }
  }

  private static Field field(MessageTable table, int number) {
    return Objects.requireNonNull(table.byNumber(number));
  }
}
