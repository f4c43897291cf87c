package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.MessageTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

  LaterPlan later(Class<?> type, MessageTable message) {
    return new LaterPlan(this, type, message);
  }
}
