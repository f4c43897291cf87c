package dev.freshet.codec;

import dev.freshet.object.FieldPath;
import dev.freshet.object.ResourceType;
import dev.freshet.protobuf.Field;
import dev.freshet.protobuf.FieldTables;
import dev.freshet.protobuf.Form;
import dev.freshet.protobuf.KnownKind;
import dev.freshet.protobuf.MessageTable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a field of a kind can hold, as far as the tables of built-in kinds know. */
public sealed interface FieldShape {

  /**
   * One value.
   *
   * @param whenAbsent what an absent field means: the empty text where that is not a value
   */
  record Value(String whenAbsent) implements FieldShape {}

  /** No single value; in words, why. */
  record NoValue(String why) implements FieldShape {}

  /** The kind is none that the tables know. */
  record Unknown() implements FieldShape {}

  static FieldShape of(ResourceType type, FieldPath path) {
    Optional<KnownKind> known = FieldTables.get().kind(type.apiVersion(), type.kind());
    if (known.isEmpty() && !path.isOfMetadata()) {
      return new Unknown();
    }
    if (path.toString().equals("kind") || path.toString().equals("apiVersion")) {
      return new Value("");
    }
    // All kinds have the same metadata.
    KnownKind kind = known.or(() -> FieldTables.get().kind("v1", "Pod")).orElseThrow();
    return inMessage(kind.message(), path.steps());
  }

  private static FieldShape inMessage(MessageTable table, List<FieldPath.Step> steps) {
    if (steps.isEmpty()) {
      return switch (table.form()) {
        case QUANTITY, INT_OR_STRING, TIME, MICRO_TIME, DURATION -> new Value("");
        default -> new NoValue(table + " is an object, not one value");
      };
    }
    if (table.form() == Form.RAW) {
      return new NoValue("what is in " + table + " can be anything");
    }
    return switch (steps.getFirst()) {
      case FieldPath.Member(String name) -> {
        Field field = table.form() == Form.STRUCT ? find(table, name) : null;
        yield field == null
            ? new NoValue(table + " has no field " + name)
            : inField(field, steps.subList(1, steps.size()));
      }
      case FieldPath.Element element ->
          table.form() == Form.ITEMS
              ? inField(Objects.requireNonNull(table.byNumber(1)), steps)
              : new NoValue(table + " is no array");
    };
  }

  private static @Nullable Field find(MessageTable table, String name) {
    Field field = table.byName(name);
    if (field != null) {
      return field;
    }
    for (Field other : table.fields()) {
      Field found = other.inlined() ? find(other.messageOrThrow(), name) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static FieldShape inField(Field field, List<FieldPath.Step> rest) {
    return switch (field.count()) {
      case ONE -> inValue(field, rest, !field.pointer());
      case LIST ->
          !rest.isEmpty() && rest.getFirst() instanceof FieldPath.Element
              ? inValue(field, rest.subList(1, rest.size()), false)
              : new NoValue(field.name() + " is an array: name an element, such as [0]");
      case MAP ->
          !rest.isEmpty() && rest.getFirst() instanceof FieldPath.Member
              ? inValue(field, rest.subList(1, rest.size()), false)
              : new NoValue(field.name() + " is a map: name a key, such as ['a.b/c']");
    };
  }

  private static FieldShape inValue(Field field, List<FieldPath.Step> rest, boolean absentIsZero) {
    if (field.type() == Field.Type.MESSAGE) {
      return inMessage(field.messageOrThrow(), rest);
    }
    if (!rest.isEmpty()) {
      return new NoValue(field.name() + " is one value and has no fields");
    }
    return new Value(
        switch (field.type()) {
          case BOOL -> absentIsZero ? "false" : "";
          case INTEGER, DOUBLE -> absentIsZero ? "0" : "";
          case STRING, BYTES, MESSAGE -> "";
        });
  }
}
