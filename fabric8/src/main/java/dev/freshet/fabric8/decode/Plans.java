package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.MessageTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes and keeps plans: one per pair of class and message, made when first met. Thread-safe; there
 * are as many as there are model classes at most.
 */
final class Plans {

  private final Map<Pair, BeanPlan> plans = new ConcurrentHashMap<>();

  private record Pair(Class<?> type, MessageTable message) {}

  BeanPlan of(Class<?> type, MessageTable message) {
    Pair pair = new Pair(type, message);
    BeanPlan known = plans.get(pair);
    if (known == null) {
      known = new PlanDraft(this, type, message).plan();
      plans.putIfAbsent(pair, known);
    }
    return known;
  }

  /** The plan of a nested message, found when first needed: messages may contain themselves. */
  Supplier<BeanPlan> later(Class<?> type, MessageTable message) {
    return new Supplier<>() {
      private volatile @Nullable BeanPlan found;

      @Override
      public BeanPlan get() {
        BeanPlan plan = found;
        if (plan == null) {
          plan = of(type, message);
          found = plan;
        }
        return plan;
      }
    };
  }
}
