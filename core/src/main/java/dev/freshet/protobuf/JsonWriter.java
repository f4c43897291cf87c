package dev.freshet.protobuf;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes messages as JSON. The members of an object come in the order of the Go struct, so each
 * message is walked once to see where its fields are, and then field by field.
 */
final class JsonWriter {

  private static final int ABSENT = -1;

  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final JsonGenerator out;
  private final SpecialForms special;

  JsonWriter(JsonGenerator out) {
    this.out = out;
    this.special = new SpecialForms(this, out);
  }

  void object(KnownKind kind, Cursor cursor) {
    out.writeStartObject();
    out.writeStringProperty("kind", kind.kind());
    out.writeStringProperty("apiVersion", kind.apiVersion());
    members(kind.message(), cursor, null);
    out.writeEndObject();
  }

  void message(MessageTable table, Cursor cursor) {
    if (table.form() == Form.STRUCT) {
      out.writeStartObject();
      members(table, cursor, null);
      out.writeEndObject();
    } else {
      special.write(table, cursor);
    }
  }

  void member(MessageTable table, Field only, Cursor cursor) {
    out.writeStartObject();
    members(table, cursor, only);
    out.writeEndObject();
  }

  /** The members of a struct, or one of them; the cursor ends at the limit. */
  private void members(MessageTable table, Cursor cursor, @Nullable Field only) {
    int end = cursor.limit();
    int[] places = places(table, cursor);
    for (Field field : table.fields()) {
      if (only != null && field.number() != only.number()) {
        continue;
      }
      int place = places[field.number()];
      if (place == ABSENT) {
        absent(field);
      } else {
        cursor.returnTo(place);
        cursor.next();
        present(field, cursor, place);
      }
    }
    cursor.returnTo(end);
  }

  /**
   * Where each field stands, by number: the first one of many, the last one of a field that should
   * come once.
   */
  private static int[] places(MessageTable table, Cursor cursor) {
    int[] places = new int[table.highestNumber() + 1];
    Arrays.fill(places, ABSENT);
    int place = cursor.place();
    while (cursor.next()) {
      Field field = table.byNumber(cursor.number());
      if (field != null && (field.count() == Field.Count.ONE || places[field.number()] == ABSENT)) {
        places[field.number()] = place;
      }
      cursor.skip();
      place = cursor.place();
    }
    return places;
  }

  private void present(Field field, Cursor cursor, int place) {
    switch (field.count()) {
      case ONE -> one(field, cursor, place);
      case LIST -> {
        out.writeName(field.name());
        out.writeStartArray();
        list(field, cursor);
        out.writeEndArray();
      }
      case MAP -> {
        out.writeName(field.name());
        out.writeStartObject();
        map(field, cursor);
        out.writeEndObject();
      }
    }
  }

  private void one(Field field, Cursor cursor, int place) {
    if (field.inlined()) {
      int outer = cursor.enter();
      members(field.messageOrThrow(), cursor, null);
      cursor.leave(outer);
    } else if (!isLeftOut(field, cursor)) {
      cursor.returnTo(place);
      cursor.next();
      out.writeName(field.name());
      value(field, cursor);
    }
  }

  /** The rest of a list; the cursor stands at its first value. */
  void list(Field field, Cursor cursor) {
    value(field, cursor);
    while (cursor.next()) {
      if (cursor.number() == field.number()) {
        value(field, cursor);
      } else {
        cursor.skip();
      }
    }
  }

  private void map(Field field, Cursor cursor) {
    entry(field, cursor);
    while (cursor.next()) {
      if (cursor.number() == field.number()) {
        entry(field, cursor);
      } else {
        cursor.skip();
      }
    }
  }

  private void entry(Field field, Cursor cursor) {
    int outer = cursor.enter();
    String key = "";
    int valueAt = ABSENT;
    int place = cursor.place();
    while (cursor.next()) {
      if (cursor.number() == KEY) {
        key = cursor.shownString();
      } else {
        valueAt = cursor.number() == VALUE ? place : valueAt;
        cursor.skip();
      }
      place = cursor.place();
    }
    out.writeName(key);
    if (valueAt == ABSENT) {
      zero(field);
    } else {
      cursor.returnTo(valueAt);
      cursor.next();
      value(field, cursor);
    }
    cursor.leave(outer);
  }

  void value(Field field, Cursor cursor) {
    switch (field.type()) {
      case STRING -> out.writeString(cursor.shownString());
      case BOOL -> out.writeBoolean(cursor.bool());
      case INTEGER -> out.writeNumber(cursor.integer());
      case DOUBLE -> out.writeNumber(GoText.float64(cursor.float64()));
      case BYTES -> out.writeBinary(cursor.bytes());
      case MESSAGE -> {
        int outer = cursor.enter();
        message(field.messageOrThrow(), cursor);
        cursor.leave(outer);
      }
    }
  }

  private void absent(Field field) {
    if (field.inlined()) {
      if (!field.pointer()) {
        members(field.messageOrThrow(), Cursor.empty(), null);
      }
    } else if (field.pointer() || hasNil(field)) {
      if (!field.omitEmpty()) {
        out.writeNullProperty(field.name());
      }
    } else if (!isZeroLeftOut(field)) {
      out.writeName(field.name());
      zero(field);
    }
  }

  /** Whether Go has a nil for it without a pointer. */
  private static boolean hasNil(Field field) {
    return field.count() != Field.Count.ONE
        || field.type() == Field.Type.BYTES
        || (field.type() == Field.Type.MESSAGE && field.messageOrThrow().form() == Form.ITEMS);
  }

  private static boolean isZeroLeftOut(Field field) {
    return field.type() == Field.Type.MESSAGE ? field.omitZero() : field.omitEmpty();
  }

  private void zero(Field field) {
    switch (field.type()) {
      case STRING, BYTES -> out.writeString("");
      case BOOL -> out.writeBoolean(false);
      case INTEGER, DOUBLE -> out.writeNumber(0);
      case MESSAGE -> message(field.messageOrThrow(), Cursor.empty());
    }
  }

  /**
   * Whether JSON leaves out a value that is on the wire, which holds zeros too. Moves the cursor.
   */
  private boolean isLeftOut(Field field, Cursor cursor) {
    if (field.pointer() || !(field.omitEmpty() || field.omitZero())) {
      return false;
    }
    return switch (field.type()) {
      case STRING, BYTES -> cursor.length() == 0;
      case BOOL -> !cursor.bool();
      case INTEGER -> cursor.integer() == 0;
      case DOUBLE -> cursor.float64() == 0;
      case MESSAGE -> isZeroMessage(field, cursor);
    };
  }

  private boolean isZeroMessage(Field field, Cursor cursor) {
    Form form = field.messageOrThrow().form();
    if (form == Form.ITEMS) {
      return field.omitEmpty() && cursor.length() == 0;
    }
    if (!field.omitZero()) {
      return false;
    }
    int outer = cursor.enter();
    boolean zero = special.isZeroTime(cursor);
    cursor.leave(outer);
    return zero;
  }
}
