package dev.freshet.trials.stage;

import dev.freshet.Consistency;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.error.FreshetException;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.Level;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.workload.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Threads that read the Pods of one Freshet all the while, at each level and with and without a
 * selector, and write down every answer. A read that fails as Freshet may fail is counted; anything
 * else that it throws is a defect.
 */
public final class Readers implements AutoCloseable {
  private static final Duration BETWEEN_CACHED = Duration.ofMillis(20);
  private static final Duration BETWEEN_STRONG = Duration.ofMillis(300);

  /** A strong read must not wait for minutes on a server that hangs: others are to follow. */
  private static final Duration STRONG_WITHIN = Duration.ofSeconds(5);

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);
  private static final int MAX_DEFECTS = 10;
  private static final dev.freshet.testkit.history.Query ALL =
      dev.freshet.testkit.history.Query.all(Stage.PODS);
  private static final String WORKERS = Workload.NODE_TYPE_LABEL + "=" + Workload.WORKER;

  private final Reads<Pod> pods;
  private final Recorder recorder;
  private final String cache;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> defects = new CopyOnWriteArrayList<>();

  /** How one thread reads. */
  private record Habit(
      String client,
      dev.freshet.testkit.history.Query asWritten,
      Query query,
      Level promised,
      Consistency level,
      Duration between) {}

  /** Starts them. */
  Readers(Reads<Pod> pods, Recorder recorder, String cache) {
    this.pods = pods.within(STRONG_WITHIN);
    this.recorder = recorder;
    this.cache = cache;
    var workers = ALL.labels(WORKERS);
    Query everything = Query.everything();
    Query labelled = Query.labels(WORKERS);
    List.of(
            cached("all-1", ALL, everything),
            cached("all-2", ALL, everything),
            cached("workers", workers, labelled),
            strong("all-strong", ALL, everything),
            strong("workers-strong", workers, labelled))
        .forEach(
            habit ->
                threads.add(
                    Thread.ofVirtual().name("reader-" + habit.client()).start(() -> read(habit))));
  }

  private Habit cached(String client, dev.freshet.testkit.history.Query written, Query query) {
    return new Habit(
        client, written, query, new Level.Cached(), Consistency.cached(), BETWEEN_CACHED);
  }

  private Habit strong(String client, dev.freshet.testkit.history.Query written, Query query) {
    return new Habit(
        client, written, query, new Level.Strong(), Consistency.strong(), BETWEEN_STRONG);
  }

  private void read(Habit habit) {
    var caller = new Caller(cache + "/" + habit.client(), cache + "/" + habit.client(), cache);
    try {
      do {
        var pending = recorder.read(caller, habit.asWritten(), habit.promised());
        Optional<ReadList<Pod>> answer = Optional.empty();
        try {
          answer = Optional.of(pods.list(habit.query(), habit.level()));
        } catch (FreshetException e) {
          pending.failed();
        }
        answer.ifPresent(list -> pending.returned(into -> Answers.describe(list, into)));
      } while (!end.await(habit.between().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (defects.size() < MAX_DEFECTS) {
        defects.add(habit.client() + " read and met " + e);
      }
    }
  }

  /** Writes down what the cache holds after quiet, to be compared with the end of history. */
  public void lastLook() {
    var caller = new Caller(cache + "/last", cache + "/last", cache);
    var pending = recorder.read(caller, ALL, new Level.Converged());
    var answer = pods.list(Consistency.cached());
    pending.returned(into -> Answers.describe(answer, into));
  }

  /** What was thrown that may never be thrown; each ended the thread that met it. */
  public List<String> defects() {
    return List.copyOf(defects);
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
