package dev.freshet.govern;

import dev.freshet.load.Priority;
import java.util.concurrent.atomic.LongAdder;

/** What the governor knows of one caller. Thread-safe where it counts; the rest under its lock. */
final class Caller {
  final String name;
  final Allowance allowance;
  Priority priority;

  final LongAdder requests = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder retries = new LongAdder();
  final LongAdder waitedNanos = new LongAdder();
  final LongAdder overBudget = new LongAdder();
  final LongAdder refusedByServer = new LongAdder();

  Caller(String name, Allowance allowance, Priority priority) {
    this.name = name;
    this.allowance = allowance;
    this.priority = priority;
  }
}
