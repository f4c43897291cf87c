package dev.freshet.cli.measure;

import dev.freshet.object.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Every write that was acknowledged while reads were measured, and those of which nobody knows
 * whether they happened. Thread-safe; writes to one object must be added in their order.
 */
public final class WriteLog {

  private final Map<ObjectKey, List<LoggedWrite>> histories = new ConcurrentHashMap<>();
  private final Map<ObjectKey, Long> unknownSince = new ConcurrentHashMap<>();

  /** Adds an acknowledged write. */
  public void acknowledged(LoggedWrite write) {
    histories.computeIfAbsent(write.key(), key -> new CopyOnWriteArrayList<>()).add(write);
  }

  /** Notes a write of unknown outcome: from then on nothing is known of that object. */
  public void unknown(ObjectKey key, long sentNanos) {
    unknownSince.merge(key, sentNanos, Math::min);
  }

  /** Hands over the writes to each object, oldest first. */
  void forEachHistory(Consumer<List<LoggedWrite>> reader) {
    histories.values().forEach(reader);
  }

  /** When the first write of unknown outcome to an object was sent. */
  OptionalLong unknownSince(ObjectKey key) {
    Long since = unknownSince.get(key);
    return since == null ? OptionalLong.empty() : OptionalLong.of(since);
  }
}
