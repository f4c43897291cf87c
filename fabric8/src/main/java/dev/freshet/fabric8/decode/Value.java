package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;
import org.jspecify.annotations.Nullable;

/** Reads one value off a cursor that stands on it. */
interface Value {
  @Nullable Object read(Cursor cursor);
}
