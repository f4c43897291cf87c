package dev.freshet.webhook.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many answers of each status a server has given, its own refusals included. Thread-safe. */
public final class AnswerCounts {

  private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();

  AnswerCounts() {}

  void answered(int status) {
    byStatus.computeIfAbsent(status, unused -> new LongAdder()).increment();
  }

  /** How many answers of this status. */
  public long of(int status) {
    LongAdder count = byStatus.get(status);
    return count == null ? 0 : count.sum();
  }

  /** All of them, by status. */
  public Map<Integer, Long> all() {
    Map<Integer, Long> all = new TreeMap<>();
    byStatus.forEach((status, count) -> all.put(status, count.sum()));
    return all;
  }
}
