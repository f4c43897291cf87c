package dev.freshet.fabric8.decode;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/** What reflection says of fabric8's model classes: constructors, and setters by JSON name. */
final class Beans {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();
  private static final MethodType CREATES = MethodType.methodType(Object.class);
  private static final MethodType SETS =
      MethodType.methodType(void.class, Object.class, Object.class);

  private Beans() {}

  /**
   * One settable property.
   *
   * @param setter takes the bean and the value, both as {@code Object}
   * @param type as declared, with its type arguments
   */
  record Setter(MethodHandle setter, Type type) {}

  /**
   * Whether Jackson fills this class property by property, so that we may too: it has a public
   * constructor without arguments, and neither it nor a property has a deserializer of its own.
   */
  static boolean isPlain(Class<?> type) {
    if (hasOwnDeserializer(type)
        || type.isAnnotationPresent(JsonTypeInfo.class)
        || type.isInterface()
        || Modifier.isAbstract(type.getModifiers())
        || type.getName().startsWith("java.")) {
      return false;
    }
    for (Class<?> in = type; in != null; in = in.getSuperclass()) {
      for (Field field : in.getDeclaredFields()) {
        if (hasOwnDeserializer(field)) {
          return false;
        }
      }
    }
    return Arrays.stream(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
  }

  private static boolean hasOwnDeserializer(AnnotatedElement element) {
    JsonDeserialize custom = element.getAnnotation(JsonDeserialize.class);
    return custom != null
        && (custom.using() != ValueDeserializer.None.class
            || custom.contentUsing() != ValueDeserializer.None.class);
  }

  /** Takes a bean and a value, and puts it among those that the class has no property for. */
  static Optional<MethodHandle> anySetter(Class<?> type, String name) {
    try {
      Method method = type.getMethod("setAdditionalProperty", String.class, Object.class);
      return Optional.of(
          MethodHandles.insertArguments(LOOKUP.unreflect(method), 1, name).asType(SETS));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return Optional.empty();
    }
  }

  static MethodHandle constructor(Class<?> type) {
    try {
      return LOOKUP.findConstructor(type, MethodType.methodType(void.class)).asType(CREATES);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException("not a bean: " + type.getName(), e);
    }
  }

  /** The setters of a class and of those it extends, by the property's name in JSON. */
  static Map<String, Setter> setters(Class<?> type) {
    Map<String, Setter> setters = new HashMap<>();
    for (Class<?> in = type; in != null && in != Object.class; in = in.getSuperclass()) {
      for (Field field : in.getDeclaredFields()) {
        JsonProperty named = field.getAnnotation(JsonProperty.class);
        if (named != null) {
          String name = named.value().isEmpty() ? field.getName() : named.value();
          Setter setter = setterOf(type, field);
          if (setter != null) {
            setters.putIfAbsent(name, setter);
          }
        }
      }
    }
    return setters;
  }

  private static @Nullable Setter setterOf(Class<?> type, Field field) {
    String name = field.getName();
    // A property named like a keyword is a field with an underscore before it.
    String bare = name.startsWith("_") ? name.substring(1) : name;
    String setter = "set" + bare.substring(0, 1).toUpperCase(Locale.ROOT) + bare.substring(1);
    try {
      Method method = type.getMethod(setter, field.getType());
      return new Setter(LOOKUP.unreflect(method).asType(SETS), field.getGenericType());
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  static Object create(MethodHandle constructor) {
    try {
      return (Object) constructor.invokeExact();
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  static void set(MethodHandle setter, Object bean, @Nullable Object value) {
    try {
      setter.invokeExact(bean, value);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** A bean's constructor or setter threw; both are plain assignments, so this is a defect. */
  private static RuntimeException rethrown(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a model class refused a value", thrown);
  }
}
