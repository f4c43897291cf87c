package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.Field;
import dev.freshet.protobuf.JsonForm;
import dev.freshet.protobuf.MessageTable;
import dev.freshet.protobuf.Scalars;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Chooses how one value of a field is read into a declared type. Where fabric8's class is no plain
 * bean for the message, the value goes through JSON and fabric8's own deserializer.
 */
final class ValueReaders {

  private static final byte[] NOTHING = {};

  private final Plans plans;

  ValueReaders(Plans plans) {
    this.plans = plans;
  }

  Value of(Field field, Type declared) {
    return switch (field.type()) {
      case STRING -> declared == String.class ? Cursor::shownString : json(field, declared);
      case BOOL -> declared == Boolean.class ? Cursor::bool : json(field, declared);
      case INTEGER -> integer(field, declared);
      case DOUBLE -> declared == Double.class ? Cursor::float64 : json(field, declared);
      case BYTES ->
          declared == String.class
              ? cursor -> Base64.getEncoder().encodeToString(cursor.bytes())
              : json(field, declared);
      case MESSAGE -> {
        Value inside = message(field, declared);
        yield inside instanceof LaterPlan plan ? new Nested(plan) : entering(inside);
      }
    };
  }

  /** A message that fills a bean. The code of a plan does this itself. */
  record Nested(LaterPlan plan) implements Value {
    @Override
    public Object read(Cursor cursor) {
      int outer = cursor.enter();
      Object bean = plan.read(cursor);
      cursor.leave(outer);
      return bean;
    }
  }

  private static Value entering(Value inside) {
    return cursor -> {
      int outer = cursor.enter();
      Object value = inside.read(cursor);
      cursor.leave(outer);
      return value;
    };
  }

  /** By way of JSON: slower, but whatever fabric8 makes of it. */
  private static Value json(Field field, Type declared) {
    ModelJson.Reader reader = ModelJson.reader(declared);
    return cursor -> reader.readValue(JsonForm.ofValue(field, cursor));
  }

  private static Value json(MessageTable message, Type declared) {
    ModelJson.Reader reader = ModelJson.reader(declared);
    return cursor -> reader.readValue(JsonForm.ofMessage(message, cursor));
  }

  private static Value integer(Field field, Type declared) {
    if (declared == Long.class) {
      return Cursor::integer;
    }
    return declared == Integer.class ? cursor -> (int) cursor.integer() : json(field, declared);
  }

  /** Reads a message whose inside the cursor is in. */
  Value message(Field field, Type declared) {
    MessageTable message = field.messageOrThrow();
    return switch (message.form()) {
      case STRUCT -> struct(message, declared);
      case QUANTITY ->
          declared == Quantity.class
              ? cursor -> new Quantity(Scalars.quantity(cursor))
              : json(message, declared);
      case TIME -> declared == String.class ? Scalars::time : json(message, declared);
      case MICRO_TIME ->
          declared == MicroTime.class ? ValueReaders::microTime : json(message, declared);
      case INT_OR_STRING ->
          declared == IntOrString.class
              ? cursor -> new IntOrString(Scalars.intOrString(cursor))
              : json(message, declared);
      case ITEMS -> isList(declared) ? items(message, declared) : json(message, declared);
      case RAW -> raw(message, declared);
      case DURATION, SCHEMA_OR_BOOL, SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS -> json(message, declared);
    };
  }

  /** JSON already, as most bytes of managedFields are; what is not goes the way that says so. */
  private static Value raw(MessageTable message, Type declared) {
    ModelJson.Reader reader = ModelJson.reader(declared);
    Value byWayOfJson = json(message, declared);
    return cursor -> {
      int start = cursor.place();
      byte[] json = cursor.next() && cursor.number() == 1 ? cursor.bytes() : NOTHING;
      if (json.length > 0 && cursor.place() == cursor.limit()) {
        try {
          return reader.readValue(json);
        } catch (JacksonException e) {
          // The slower way tells broken JSON from JSON that does not fit.
        }
      }
      cursor.returnTo(start);
      return byWayOfJson.read(cursor);
    };
  }

  private Value struct(MessageTable message, Type declared) {
    if (!(declared instanceof Class<?> type) || !Beans.isPlain(type)) {
      return json(message, declared);
    }
    return plans.later(type, message);
  }

  private static @Nullable Object microTime(Cursor cursor) {
    String text = Scalars.microTime(cursor);
    return text == null ? null : new MicroTime(text);
  }

  private static boolean isList(Type declared) {
    return declared instanceof ParameterizedType list && list.getRawType() == List.class;
  }

  /** An array in JSON: the values of field 1. */
  private Value items(MessageTable message, Type declared) {
    Value item = of(message.fields().getFirst(), PlanDraft.argument(declared, 0));
    return cursor -> {
      List<@Nullable Object> items = new ArrayList<>();
      while (cursor.next()) {
        if (cursor.number() == 1) {
          items.add(item.read(cursor));
        } else {
          cursor.skip();
        }
      }
      return items;
    };
  }
}
