package dev.freshet.trials.stage;

import dev.freshet.CacheHealth;
import dev.freshet.fabric8.Freshet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What caches said of their streams over time: each state and reason, once in a row. */
public final class HealthLog implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
  private static final int MAX_ENTRIES = 2_000;

  private final Map<String, Freshet> caches;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Map<String, CacheHealth> last = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  /**
   * What one stream said at one moment.
   *
   * @param afterMillis since this log began
   * @param stream the cache, and the namespace where it has a stream for each
   */
  public record Entry(long afterMillis, String stream, CacheHealth.State state, String why) {
    @Override
    public String toString() {
      return "%d ms, %s: %s, %s".formatted(afterMillis, stream, state, why);
    }
  }

  /** Begins one. */
  public HealthLog(Map<String, Freshet> caches) {
    this.caches = Map.copyOf(caches);
    Thread.ofVirtual().name("health-log").start(this::run);
  }

  private void run() {
    try {
      do {
        caches.forEach((name, freshet) -> freshet.health().forEach(health -> note(name, health)));
      } while (!end.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(String cache, CacheHealth now) {
    String stream = now.namespace().map(namespace -> cache + "/" + namespace).orElse(cache);
    CacheHealth before = last.put(stream, now);
    boolean told =
        before != null && before.state() == now.state() && before.why().equals(now.why());
    if (!told && entries.size() < MAX_ENTRIES) {
      long afterMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      entries.add(new Entry(afterMillis, stream, now.state(), now.why()));
    }
  }

  /** Everything said so far, at most {@value #MAX_ENTRIES} entries. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Whether any watch was ever seen to be broken. */
  public boolean sawAWatchBroken() {
    return entries().stream().anyMatch(entry -> entry.state() != CacheHealth.State.WATCHING);
  }

  @Override
  public void close() {
    end.countDown();
  }
}
