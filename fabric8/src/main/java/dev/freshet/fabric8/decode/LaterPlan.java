package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.MessageTable;
import org.jspecify.annotations.Nullable;

/** The plan of a nested message, found when first needed: messages may contain themselves. */
final class LaterPlan implements Value {

  private final Plans plans;
  private final Class<?> type;
  private final MessageTable message;
  private volatile @Nullable BeanPlan found;

  LaterPlan(Plans plans, Class<?> type, MessageTable message) {
    this.plans = plans;
    this.type = type;
    this.message = message;
  }

  BeanPlan get() {
    BeanPlan plan = found;
    if (plan == null) {
      plan = plans.of(type, message);
      found = plan;
    }
    return plan;
  }

  /** Reads a message whose inside the cursor is in. */
  @Override
  public Object read(Cursor cursor) {
    return get().read(cursor);
  }
}
