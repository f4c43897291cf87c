package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;

/**
 * How one message fills the bean of one class: for each field number, what to read and which setter
 * to call. {@link PlanCode} makes one class of code per plan; immutable and thread-safe.
 *
 * <p>The result equals what fabric8's Jackson makes of the API server's JSON of the same object. So
 * a field that JSON would leave out is not set, and one that JSON would write as null is set to
 * null.
 */
abstract class BeanPlan {

  /** Reads a new bean off the rest of the cursor's message. */
  abstract Object read(Cursor cursor);

  /** Reads the rest of the cursor's message into a bean. */
  abstract void fill(Cursor cursor, Object bean);
}
