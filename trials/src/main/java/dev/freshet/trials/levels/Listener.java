package dev.freshet.trials.levels;

import dev.freshet.Change;
import dev.freshet.ChangeHandler;
import dev.freshet.Reads;
import dev.freshet.Row;
import dev.freshet.object.FieldPath;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Watched.Delivery;
import dev.freshet.testkit.workload.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * A handler for some seconds, then another for something else: what each was told is written down
 * as one stream. One that was open while history was replaced, or before the caches had noticed,
 * belongs to no one history, and is left out.
 */
final class Listener implements Runnable {
  private static final Duration LISTENS_FOR = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final FieldPath TAG = FieldPath.of("metadata.annotations['" + Workload.TAG + "']");

  private final Desk desk;
  private final Caller caller;
  private final RandomGenerator random;

  Listener(Desk desk, String name, RandomGenerator random) {
    this.desk = desk;
    this.caller = new Caller(name, name, desk.cache(Kind.PODS));
    this.random = random;
  }

  @Override
  public void run() {
    while (!desk.ended()) {
      Question question = desk.repertoire().list(random);
      if (question.namespaces().size() < 2) {
        listen(question);
      }
    }
  }

  private void listen(Question question) {
    long restores = desk.restores();
    boolean began = !desk.isRestoring();
    long invokedNanos = desk.recorder().nanos();
    var heard = new Heard();
    Reads<Pod> all = desk.freshet().reads(Pod.class);
    Reads<Pod> reads =
        question.namespaces().isEmpty() ? all : all.inNamespace(question.namespaces().getFirst());
    try (var subscription = reads.onEvent(question.query(), heard)) {
      long endNanos = System.nanoTime() + LISTENS_FOR.toNanos();
      while (!desk.ended() && System.nanoTime() - endNanos < 0) {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
      subscription
          .health()
          .lastFailure()
          .ifPresent(failure -> desk.defect("a handler failed: " + failure));
    }
    if (began && !desk.isRestoring() && desk.restores() == restores) {
      heard.record(question, invokedNanos);
    }
  }

  /** What one handler was told. */
  private final class Heard implements ChangeHandler<Pod> {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Item> initial = new ArrayList<>();
    private final Set<Long> initialVersions = new HashSet<>();
    private final List<Delivery> deliveries = new ArrayList<>();

    @Override
    public void onEvent(Change<Pod> change) {
      lock.lock();
      try {
        switch (change) {
          case Change.Added<Pod> added when added.initial() -> {
            initialVersions.add(Long.parseLong(added.collectionVersion().text()));
            initial.add(item(added.row()));
          }
          case Change.Added<Pod> added -> add(Watched.Kind.ADDED, added.row());
          case Change.Updated<Pod> updated -> add(Watched.Kind.MODIFIED, updated.row());
          case Change.Deleted<Pod> deleted -> add(Watched.Kind.DELETED, deleted.row());
        }
      } finally {
        lock.unlock();
      }
    }

    private void add(Watched.Kind kind, Row<Pod> row) {
      deliveries.add(delivery(kind, item(row)));
    }

    private static Delivery delivery(Watched.Kind kind, Item item) {
      return new Delivery(kind, item.key(), item.uid(), item.rv(), item.tag());
    }

    private static Item item(Row<Pod> row) {
      return Item.of(
          row.key().toString(),
          row.uid(),
          Long.parseLong(row.resourceVersion().text()),
          row.get(TAG).orElse(""));
    }

    void record(Question question, long invokedNanos) {
      lock.lock();
      try {
        // An object that changed before its handler was told has a version of its own: then what
        // was there at first is no state. Nor is nothing, which comes without a version.
        boolean listed = initialVersions.size() == 1;
        List<Delivery> told = new ArrayList<>();
        if (!listed) {
          initial.forEach(item -> told.add(delivery(Watched.Kind.ADDED, item)));
        }
        told.addAll(deliveries);
        desk.recorder()
            .record(
                new Watched(
                    desk.recorder().newId(),
                    caller,
                    question.written().getFirst(),
                    listed ? initialVersions.iterator().next() : 0,
                    listed,
                    listed ? initial : List.of(),
                    true,
                    told,
                    invokedNanos,
                    desk.recorder().nanos()));
      } finally {
        lock.unlock();
      }
    }
  }
}
