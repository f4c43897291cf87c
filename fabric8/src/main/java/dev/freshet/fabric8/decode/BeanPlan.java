package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one message fills the bean of one class: for each field number, what to read and which setter
 * to call. Made once from the field tables and the class; immutable and thread-safe.
 *
 * <p>The result equals what fabric8's Jackson makes of the API server's JSON of the same object. So
 * a field that JSON would leave out is not set, and one that JSON would write as null is set to
 * null.
 */
final class BeanPlan {

  private static final Object[] NOTHING = {};

  private final MethodHandle constructor;
  private final @Nullable Property[] byNumber;
  private final Property[] collections;
  private final Property[] demanded;

  /**
   * @param byNumber properties at the index of their field number
   * @param collections those with many values, each at the index of its {@code slot}
   * @param demanded those that JSON writes even if they are absent on the wire, each at the index
   *     of its {@code bit}
   */
  BeanPlan(
      MethodHandle constructor,
      @Nullable Property[] byNumber,
      Property[] collections,
      Property[] demanded) {
    this.constructor = constructor;
    this.byNumber = byNumber;
    this.collections = collections;
    this.demanded = demanded;
  }

  /** Reads a new bean off the rest of the cursor's message. */
  Object read(Cursor cursor) {
    Object bean = Beans.create(constructor);
    fill(cursor, bean);
    return bean;
  }

  /** Reads the rest of the cursor's message into a bean. */
  void fill(Cursor cursor, Object bean) {
    Object[] collected = collections.length == 0 ? NOTHING : new Object[collections.length];
    long seen = 0;
    while (cursor.next()) {
      int number = cursor.number();
      Property property = number < byNumber.length ? byNumber[number] : null;
      if (property == null) {
        // A field of a newer server; fabric8's JSON would not know it either.
        cursor.skip();
      } else {
        seen |= property.bit();
        read(property, cursor, bean, collected);
      }
    }
    for (int i = 0; i < collected.length; i++) {
      if (collected[i] != null) {
        collections[i].set(bean, collected[i]);
      }
    }
    for (Property property : demanded) {
      if ((seen & property.bit()) == 0) {
        property.setAbsent(bean);
      }
    }
  }

  private static void read(Property property, Cursor cursor, Object bean, Object[] collected) {
    switch (property.shape()) {
      case Property.Shape.One one -> {
        Object value = one.value().read(cursor);
        if (!one.leftOut(value)) {
          property.set(bean, value);
        }
      }
      case Property.Shape.Inlined inlined -> {
        int outer = cursor.enter();
        inlined.plan().fill(cursor, bean);
        cursor.leave(outer);
      }
      case Property.Shape.Listed listed -> {
        List<@Nullable Object> list = listOf(collected, listed.slot());
        list.add(listed.value().read(cursor));
      }
      case Property.Shape.Mapped mapped -> {
        Map<String, @Nullable Object> map = mapOf(collected, mapped.slot());
        mapped.readEntry(cursor, map);
      }
    }
  }

  @SuppressWarnings("unchecked") // a slot belongs to one property, which is always a list
  private static List<@Nullable Object> listOf(Object[] collected, int slot) {
    if (collected[slot] == null) {
      collected[slot] = new ArrayList<>();
    }
    return (List<@Nullable Object>) collected[slot];
  }

  @SuppressWarnings("unchecked") // a slot belongs to one property, which is always a map
  private static Map<String, @Nullable Object> mapOf(Object[] collected, int slot) {
    if (collected[slot] == null) {
      collected[slot] = new LinkedHashMap<>();
    }
    return (Map<String, @Nullable Object>) collected[slot];
  }
}
