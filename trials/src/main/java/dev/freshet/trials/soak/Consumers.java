package dev.freshet.trials.soak;

import dev.freshet.Consistency;
import dev.freshet.ReadList;
import dev.freshet.error.FreshetException;
import dev.freshet.trials.stage.View;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that use caches as programs do, for as long as wanted: they read, decode an object here
 * and there, and keep nothing.
 */
final class Consumers implements AutoCloseable {
  private static final Duration BETWEEN_CACHED = Duration.ofMillis(20);
  private static final Duration BETWEEN_STRONG = Duration.ofMillis(500);
  private static final Duration STRONG_WITHIN = Duration.ofSeconds(5);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);
  private static final int MAX_DEFECTS = 10;

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> defects = new CopyOnWriteArrayList<>();
  private final AtomicLong reads = new AtomicLong();

  /** Two for each view, one of them strong. */
  Consumers(List<View> views) {
    for (View view : views) {
      start(view, Consistency.cached(), BETWEEN_CACHED);
      start(view, Consistency.strong(), BETWEEN_STRONG);
    }
  }

  private void start(View view, Consistency level, Duration between) {
    threads.add(
        Thread.ofVirtual().name("consumer " + level).start(() -> use(view, level, between)));
  }

  private void use(View view, Consistency level, Duration between) {
    var pods = view.reads().within(STRONG_WITHIN);
    try {
      do {
        try {
          look(pods.list(view.query(), level));
          reads.incrementAndGet();
        } catch (FreshetException whileBroken) {
          // As it may.
        }
      } while (!end.await(between.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (defects.size() < MAX_DEFECTS) {
        defects.add("reading " + view + " met " + e);
      }
    }
  }

  private static void look(ReadList<Pod> pods) {
    if (!pods.isEmpty() && pods.getFirst().getMetadata().getName().isEmpty()) {
      throw new IllegalStateException("a Pod without a name");
    }
  }

  long reads() {
    return reads.get();
  }

  List<String> defects() {
    return List.copyOf(defects);
  }

  @Override
  public void close() {
    end.countDown();
    for (Thread thread : threads) {
      try {
        if (!thread.join(ENDS_WITHIN)) {
          defects.add(thread.getName() + " did not come back from its last read");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
