package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.Field;
import dev.freshet.protobuf.Form;
import dev.freshet.protobuf.MessageTable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One plan in the making: matches the fields of a message with the properties of a class. */
final class PlanDraft {

  private static final byte[] EMPTY_MESSAGE = {};

  private final Class<?> type;
  private final MessageTable message;
  private final Map<String, Beans.Setter> setters;
  private final Plans plans;
  private final ValueReaders readers;

  PlanDraft(Plans plans, Class<?> type, MessageTable message) {
    this.plans = plans;
    this.readers = new ValueReaders(plans);
    this.type = type;
    this.message = message;
    this.setters = Beans.setters(type);
  }

  BeanPlan plan() {
    List<Property> properties = new ArrayList<>();
    for (Field field : message.fields()) {
      property(field).ifPresent(properties::add);
    }
    return new PlanCode(type, properties).plan();
  }

  private Optional<Property> property(Field field) {
    if (field.inlined()) {
      var inlined = new Property.Shape.Inlined(plans.later(type, field.messageOrThrow()));
      return Optional.of(new Property(field.number(), null, inlined, null));
    }
    Beans.Setter known = setters.get(field.name());
    return Optional.ofNullable(known)
        .or(() -> Beans.anySetter(type, field.name()))
        .map(setter -> property(field, setter));
  }

  private Property property(Field field, Beans.Setter setter) {
    Type declared = setter.type();
    return new Property(field.number(), setter, shape(field, declared), absent(field, declared));
  }

  private Property.Shape shape(Field field, Type declared) {
    return switch (field.count()) {
      case ONE -> {
        boolean dropsZero =
            field.omitEmpty() && !field.pointer() && field.type() != Field.Type.MESSAGE;
        yield new Property.Shape.One(
            readers.of(field, declared),
            dropsZero ? zero(field, declared) : null,
            !field.omitZero());
      }
      case LIST -> new Property.Shape.Listed(readers.of(field, argument(declared, 0)));
      case MAP -> {
        Type valueType = argument(declared, 1);
        yield new Property.Shape.Mapped(readers.of(field, valueType), () -> zero(field, valueType));
      }
    };
  }

  /** What JSON shows for a field that the wire has not; null if it shows nothing. */
  private @Nullable Supplier<@Nullable Object> absent(Field field, Type declared) {
    boolean nullable = field.count() != Field.Count.ONE || field.pointer();
    if (nullable || field.type() != Field.Type.MESSAGE || isItems(field)) {
      return field.omitEmpty() ? null : () -> nullable ? null : zero(field, declared);
    }
    // A struct that is no pointer is always on the wire of a Kubernetes server; be exact anyway.
    return field.omitZero() ? null : () -> zero(field, declared);
  }

  /** The value of a message without content, or of a scalar that is zero. */
  private @Nullable Object zero(Field field, Type declared) {
    return switch (field.type()) {
      case STRING -> "";
      case BOOL -> false;
      case INTEGER -> declared == Integer.class ? (Object) 0 : (Object) 0L;
      case DOUBLE -> 0.0;
      case BYTES -> null;
      case MESSAGE ->
          isItems(field) ? null : readers.message(field, declared).read(new Cursor(EMPTY_MESSAGE));
    };
  }

  private static boolean isItems(Field field) {
    return field.type() == Field.Type.MESSAGE && field.messageOrThrow().form() == Form.ITEMS;
  }

  /** A type argument of {@code List<E>} or {@code Map<K, V>}; anything if it is not declared. */
  static Type argument(Type declared, int index) {
    return declared instanceof ParameterizedType parameterized
            && index < parameterized.getActualTypeArguments().length
        ? parameterized.getActualTypeArguments()[index]
        : Object.class;
  }
}
