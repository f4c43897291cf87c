package dev.freshet.codec;

import dev.freshet.object.FieldPath;
import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.Field;
import dev.freshet.protobuf.Form;
import dev.freshet.protobuf.JsonForm;
import dev.freshet.protobuf.KnownKind;
import dev.freshet.protobuf.MessageTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of a protobuf object, found by stepping over all that is not on the way to it. Names
 * are those of JSON: inlined messages are looked through, and what JSON writes in a form of its own
 * is stepped into as JSON has it. Costs a walk over the fields of each message on the way; a text
 * is then read as it is, anything else is written as JSON.
 */
final class ProtobufField {

  private static final int KEY = 1;
  private static final int VALUE = 2;

  private ProtobufField() {}

  /** As {@link Codec#field}, of a message at the start of an array. */
  static @Nullable String read(KnownKind kind, byte[] bytes, int length, FieldPath path) {
    List<FieldPath.Step> steps = path.steps();
    if (steps.getFirst() instanceof FieldPath.Member(String name)) {
      if (name.equals("kind") || name.equals("apiVersion")) {
        String text = name.equals("kind") ? kind.kind() : kind.apiVersion();
        return steps.size() == 1 ? text : null;
      }
    }
    return inMessage(kind.message(), new Cursor(bytes, 0, length), steps);
  }

  /** The cursor stands at the start of the message, which reaches to its limit. */
  private static @Nullable String inMessage(
      MessageTable table, Cursor cursor, List<FieldPath.Step> steps) {
    if (steps.isEmpty() || table.form() == Form.RAW) {
      return JsonField.read(JsonForm.ofMessage(table, cursor), steps);
    }
    return switch (steps.getFirst()) {
      case FieldPath.Member(String name) ->
          switch (table.form()) {
            case STRUCT -> member(table, cursor, name, steps);
            case SCHEMA_OR_BOOL -> inOne(field(table, 2), cursor, steps);
            case SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS -> {
              int start = cursor.place();
              boolean isArray = find(field(table, 2), cursor, 0);
              cursor.returnTo(start);
              yield isArray ? null : inOne(field(table, 1), cursor, steps);
            }
            default -> null;
          };
      case FieldPath.Element(int index) ->
          switch (table.form()) {
            case ITEMS -> element(field(table, 1), cursor, index, steps);
            case SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS ->
                element(field(table, 2), cursor, index, steps);
            default -> null;
          };
    };
  }

  private static @Nullable String member(
      MessageTable table, Cursor cursor, String name, List<FieldPath.Step> steps) {
    Field field = table.byName(name);
    if (field == null) {
      Field inlined = inlinedWith(table, name);
      // An inlined message that is absent has the members of an empty one.
      return inlined == null ? null : inOne(inlined, cursor, steps);
    }
    List<FieldPath.Step> rest = rest(steps);
    if (rest.isEmpty()) {
      return text(table, field, cursor);
    }
    return switch (field.count()) {
      case ONE -> field.type() == Field.Type.MESSAGE ? inOne(field, cursor, rest) : null;
      case LIST ->
          rest.getFirst() instanceof FieldPath.Element(int index)
              ? element(field, cursor, index, rest)
              : null;
      case MAP ->
          rest.getFirst() instanceof FieldPath.Member(String key)
              ? entry(field, cursor, key, rest(rest))
              : null;
    };
  }

  private static @Nullable Field inlinedWith(MessageTable table, String name) {
    for (Field field : table.fields()) {
      if (field.inlined()) {
        MessageTable inner = field.messageOrThrow();
        if (inner.byName(name) != null || inlinedWith(inner, name) != null) {
          return field;
        }
      }
    }
    return null;
  }

  private static @Nullable String inOne(Field field, Cursor cursor, List<FieldPath.Step> steps) {
    if (!findLast(field, cursor)) {
      return field.pointer() ? null : inMessage(field.messageOrThrow(), new Cursor(NONE), steps);
    }
    cursor.enter();
    return inMessage(field.messageOrThrow(), cursor, steps);
  }

  private static final byte[] NONE = {};

  private static @Nullable String element(
      Field field, Cursor cursor, int index, List<FieldPath.Step> steps) {
    return find(field, cursor, index) ? inValue(field, cursor, rest(steps)) : null;
  }

  private static @Nullable String entry(
      Field field, Cursor cursor, String key, List<FieldPath.Step> steps) {
    byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
    while (find(field, cursor, 0)) {
      int outer = cursor.enter();
      int start = cursor.place();
      if (hasKey(cursor, wanted)) {
        cursor.returnTo(start);
        if (cursor.place() < cursor.limit() && findNumber(VALUE, cursor)) {
          return inValue(field, cursor, steps);
        }
        return steps.isEmpty() && field.type() == Field.Type.STRING ? "" : null;
      }
      cursor.leave(outer);
    }
    return null;
  }

  private static boolean hasKey(Cursor cursor, byte[] wanted) {
    return findNumber(KEY, cursor) ? cursor.isNext(wanted) : wanted.length == 0;
  }

  /** The cursor stands before one of many values. */
  private static @Nullable String inValue(Field field, Cursor cursor, List<FieldPath.Step> steps) {
    if (field.type() == Field.Type.MESSAGE) {
      cursor.enter();
      return inMessage(field.messageOrThrow(), cursor, steps);
    }
    if (!steps.isEmpty()) {
      return null;
    }
    return field.type() == Field.Type.STRING
        ? cursor.shownString()
        : JsonField.read(JsonForm.ofValue(field, cursor), steps);
  }

  private static @Nullable String text(MessageTable table, Field field, Cursor cursor) {
    if (field.type() == Field.Type.STRING && field.count() == Field.Count.ONE) {
      if (findLast(field, cursor)) {
        String text = cursor.shownString();
        return text.isEmpty() && field.omitEmpty() && !field.pointer() ? null : text;
      }
      return field.omitEmpty() || field.pointer() ? null : "";
    }
    FieldPath.Step self = new FieldPath.Member(field.name());
    return JsonField.read(JsonForm.ofMember(table, field, cursor), List.of(self));
  }

  /** Moves before the last value of a field that should come once. */
  private static boolean findLast(Field field, Cursor cursor) {
    int place = cursor.place();
    int last = -1;
    while (cursor.next()) {
      if (cursor.number() == field.number()) {
        last = place;
      }
      cursor.skip();
      place = cursor.place();
    }
    if (last >= 0) {
      cursor.returnTo(last);
      cursor.next();
    }
    return last >= 0;
  }

  /** Moves before the value of a field that comes after {@code before} others of it. */
  private static boolean find(Field field, Cursor cursor, int before) {
    int left = before;
    while (cursor.next()) {
      if (cursor.number() == field.number() && left-- == 0) {
        return true;
      }
      cursor.skip();
    }
    return false;
  }

  private static boolean findNumber(int number, Cursor cursor) {
    while (cursor.next()) {
      if (cursor.number() == number) {
        return true;
      }
      cursor.skip();
    }
    return false;
  }

  private static Field field(MessageTable table, int number) {
    return Objects.requireNonNull(table.byNumber(number));
  }

  private static List<FieldPath.Step> rest(List<FieldPath.Step> steps) {
    return steps.subList(1, steps.size());
  }
}
