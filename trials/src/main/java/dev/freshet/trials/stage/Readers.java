package dev.freshet.trials.stage;

import dev.freshet.Consistency;
import dev.freshet.ReadList;
import dev.freshet.error.FreshetException;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Recorder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that read all the while and write down every answer. A read that fails as Freshet may
 * fail is counted; anything else that it throws is a defect. An answer with an alarm promises
 * nothing, so it is counted and not judged.
 */
public final class Readers implements AutoCloseable {
  private static final Duration BETWEEN_CACHED = Duration.ofMillis(20);
  private static final Duration BETWEEN_STRONG = Duration.ofMillis(300);

  /** A strong read must not wait for minutes on a server that hangs: others are to follow. */
  private static final Duration STRONG_WITHIN = Duration.ofSeconds(5);

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);
  private static final int MAX_DEFECTS = 10;
  private static final int MAX_ALARMS = 10;

  private final Recorder recorder;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> defects = new CopyOnWriteArrayList<>();
  private final Set<String> alarms = ConcurrentHashMap.newKeySet();
  private final AtomicLong alarmed = new AtomicLong();

  /** How one thread reads. */
  private record Habit(
      Caller caller, View view, Level promised, Consistency level, Duration between) {}

  Readers(Recorder recorder) {
    this.recorder = recorder;
  }

  /** Reads the cache from now on, in a thread for each view. */
  public void readCached(List<View> views) {
    views.forEach(
        view -> start(view, "cached", new Level.Cached(), Consistency.cached(), BETWEEN_CACHED));
  }

  /** Reads strongly from now on, in a thread for each view. */
  public void readStrong(List<View> views) {
    views.forEach(
        view -> start(view, "strong", new Level.Strong(), Consistency.strong(), BETWEEN_STRONG));
  }

  private void start(View view, String how, Level promised, Consistency level, Duration between) {
    var caller = caller(view, how + "-" + threads.size());
    var habit = new Habit(caller, view, promised, level, between);
    threads.add(Thread.ofVirtual().name(caller.client()).start(() -> read(habit)));
  }

  private static Caller caller(View view, String name) {
    String client = view.cache() + "/" + name;
    return new Caller(client, client, view.cache());
  }

  private void read(Habit habit) {
    var reads = habit.view().reads().within(STRONG_WITHIN);
    try {
      do {
        var pending = recorder.read(habit.caller(), habit.view().written(), habit.promised());
        try {
          record(pending, reads.list(habit.view().query(), habit.level()));
        } catch (FreshetException e) {
          pending.failed();
        }
      } while (!end.await(habit.between().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (defects.size() < MAX_DEFECTS) {
        defects.add(habit.caller().client() + " met " + e);
      }
    }
  }

  private void record(Recorder.PendingRead pending, ReadList<Pod> answer) {
    String alarm = answer.provenance().alarm();
    if (alarm.isEmpty()) {
      pending.returned(into -> Answers.describe(answer, into));
      return;
    }
    alarmed.incrementAndGet();
    if (alarms.size() < MAX_ALARMS) {
      alarms.add(alarm);
    }
  }

  /** Writes down what caches hold after quiet, to be compared with the end of history. */
  public void lastLook(List<View> views) {
    for (View view : views) {
      record(
          recorder.read(caller(view, "last"), view.written(), new Level.Converged()),
          view.cached());
    }
  }

  /** What was thrown that may never be thrown; each ended the thread that met it. */
  public List<String> defects() {
    return List.copyOf(defects);
  }

  /** How many answers came with an alarm. */
  public long alarmed() {
    return alarmed.get();
  }

  /** One of the alarms, if there were any. */
  public Optional<String> alarm() {
    return alarms.stream().findFirst();
  }

  /** Ends them after the reads under way. */
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
