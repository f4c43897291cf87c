package dev.freshet.fabric8.decode;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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

  private Beans() {}

  /**
   * One settable property.
   *
   * @param method takes the value, or the name and the value
   * @param any the name to give to a method that takes properties of any name; null for its own
   * @param type as declared, with its type arguments
   */
  record Setter(Method method, @Nullable String any, Type type) {}

  /**
   * Whether Jackson fills this class property by property, so that we may too: it is public and has
   * a public constructor without arguments, and neither it nor a property has a deserializer of its
   * own. A class of another class loader than ours goes by way of JSON.
   */
  static boolean isPlain(Class<?> type) {
    if (hasOwnDeserializer(type)
        || type.isAnnotationPresent(JsonTypeInfo.class)
        || type.isInterface()
        || Modifier.isAbstract(type.getModifiers())
        || type.getName().startsWith("java.")
        || !isReachable(type)) {
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

  /** Whether code made beside this class may name the other and call it. */
  private static boolean isReachable(Class<?> type) {
    for (Class<?> in = type; in != null; in = in.getEnclosingClass()) {
      if (!Modifier.isPublic(in.getModifiers())) {
        return false;
      }
    }
    try {
      return Class.forName(type.getName(), false, Beans.class.getClassLoader()) == type;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static boolean hasOwnDeserializer(AnnotatedElement element) {
    JsonDeserialize custom = element.getAnnotation(JsonDeserialize.class);
    return custom != null
        && (custom.using() != ValueDeserializer.None.class
            || custom.contentUsing() != ValueDeserializer.None.class);
  }

  /** Puts a value among those that the class has no property for. */
  static Optional<Setter> anySetter(Class<?> type, String name) {
    try {
      Method method = type.getMethod("setAdditionalProperty", String.class, Object.class);
      return Optional.of(new Setter(method, name, Object.class));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
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
      return new Setter(method, null, field.getGenericType());
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
