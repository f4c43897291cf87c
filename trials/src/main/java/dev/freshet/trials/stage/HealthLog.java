package dev.freshet.trials.stage;

import dev.freshet.CacheHealth;
import dev.freshet.fabric8.Freshet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a Freshet said of its first cache over time: each state and reason, once in a row. */
public final class HealthLog implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
  private static final int MAX_ENTRIES = 1_000;

  private final Freshet freshet;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Entry> entries = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  /**
   * What was said at one moment.
   *
   * @param afterMillis since this log began
   */
  public record Entry(long afterMillis, CacheHealth.State state, String why) {
    private boolean says(CacheHealth health) {
      return state == health.state() && why.equals(health.why());
    }
  }

  public HealthLog(Freshet freshet) {
    this.freshet = freshet;
    Thread.ofVirtual().name("health-log").start(this::run);
  }

  private void run() {
    try {
      do {
        look();
      } while (!end.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look() {
    CacheHealth health = freshet.health().getFirst();
    boolean told = !entries.isEmpty() && entries.getLast().says(health);
    if (!told && entries.size() < MAX_ENTRIES) {
      long afterMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      entries.add(new Entry(afterMillis, health.state(), health.why()));
    }
  }

  /** Everything said so far, at most {@value #MAX_ENTRIES} entries. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Whether the watch was ever seen to be broken. */
  public boolean sawTheWatchBroken() {
    return entries().stream().anyMatch(entry -> entry.state() != CacheHealth.State.WATCHING);
  }

  @Override
  public void close() {
    end.countDown();
  }
}
