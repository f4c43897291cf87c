package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message as a property of a bean.
 *
 * @param number of the field on the wire
 * @param setter null if the field is inlined
 * @param shape how many values there are, and how each is read
 * @param absent what JSON shows if the wire has no such field; null if it shows nothing
 */
record Property(
    int number,
    Beans.@Nullable Setter setter,
    Shape shape,
    @Nullable Supplier<@Nullable Object> absent) {

  /** How a field's values are read. The code of a plan calls these by name. */
  sealed interface Shape {

    /**
     * A single value.
     *
     * @param zero what JSON leaves out; null if it leaves out nothing but null
     */
    record One(Value value, @Nullable Object zero, boolean keepsNull) implements Shape {
      @Nullable Object read(Cursor cursor) {
        return value.read(cursor);
      }

      boolean leftOut(@Nullable Object read) {
        return read == null ? !keepsNull : zero != null && read.equals(zero);
      }
    }

    /** The members of a message among those of the bean itself. */
    record Inlined(LaterPlan plan) implements Shape {
      void fill(Cursor cursor, Object bean) {
        int outer = cursor.enter();
        plan.get().fill(cursor, bean);
        cursor.leave(outer);
      }
    }

    /** Many values. */
    record Listed(Value value) implements Shape {
      @Nullable Object read(Cursor cursor) {
        return value.read(cursor);
      }
    }

    /** Entries of text to value. */
    record Mapped(Value value, Supplier<@Nullable Object> absentValue) implements Shape {

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
}
