package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message as a property of a bean.
 *
 * @param setter takes the bean and the value; unused if inlined
 * @param shape how many values there are, and how each is read
 * @param absent what JSON shows if the wire has no such field; null if it shows nothing
 * @param bit one bit that no other property with an {@code absent} has; 0 without
 */
record Property(
    MethodHandle setter, Shape shape, @Nullable Supplier<@Nullable Object> absent, long bit) {

  /** How a field's values are read. */
  sealed interface Shape {

    /**
     * A single value.
     *
     * @param zero what JSON leaves out; null if it leaves out nothing but null
     */
    record One(Value value, @Nullable Object zero, boolean keepsNull) implements Shape {
      boolean leftOut(@Nullable Object read) {
        return read == null ? !keepsNull : read.equals(zero);
      }
    }

    /** The members of a message among those of the bean itself. */
    record Inlined(Supplier<BeanPlan> lazyPlan) implements Shape {
      BeanPlan plan() {
        return lazyPlan.get();
      }
    }

    /** Many values. */
    record Listed(Value value, int slot) implements Shape {}

    /** Entries of text to value. */
    record Mapped(Value value, Supplier<@Nullable Object> absentValue, int slot) implements Shape {

      void readEntry(Cursor cursor, Map<String, @Nullable Object> map) {
        String key = "";
        Object value = null;
        boolean found = false;
        int outer = cursor.enter();
        while (cursor.next()) {
          switch (cursor.number()) {
            case 1 -> key = cursor.shownString();
            case 2 -> {
              value = this.value.read(cursor);
              found = true;
            }
            default -> cursor.skip();
          }
        }
        cursor.leave(outer);
        map.put(key, found ? value : absentValue.get());
      }
    }
  }

  void set(Object bean, @Nullable Object value) {
    Beans.set(setter, bean, value);
  }

  void setAbsent(Object bean) {
    if (absent != null) {
      set(bean, absent.get());
    }
  }
}
