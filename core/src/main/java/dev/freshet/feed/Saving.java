package dev.freshet.feed;

import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.saved.SavedDirectory;
import dev.freshet.saved.SavedFile;
import dev.freshet.saved.SavedState;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves what a store holds for the next start of the program, now and then and at the end, and
 * gives what was saved before. A file lives as long as the lineage that it is of: what is not
 * trusted any more is not left for anybody. One thread that waits; files are written in the
 * background.
 */
final class Saving implements AutoCloseable {

  /** The first time comes soon, but when a start has done its work. */
  static final Duration FIRST = Duration.ofSeconds(10);

  /** Older states make a start dearer: more to catch up with, or more than the server remembers. */
  static final Duration EVERY = Duration.ofMinutes(5);

  /** Large states are saved less often: so much is written at most in the long run. */
  static final long BYTES_PER_SECOND = 256 << 10;

  /** How long closing waits for the last time. */
  static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final String UNTOLD = "nothing tells this cluster from others for certain";

  private static final Logger LOG = LoggerFactory.getLogger(Saving.class);

  private final FeedScope scope;
  private final FeedLimits limits;
  private final TimeSource time;
  private final Store store;
  private final History history;
  private final SavingPlace place;
  private final Executor background;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile Optional<String> cluster = Optional.empty();
  private volatile String last = "none yet";

  /** Whether what is held continues a lineage that is trusted. */
  private volatile boolean sound;

  /** What the file is of; null if there is none of this lineage. */
  private volatile @Nullable ResourceVersion saved;

  Saving(Origin origin, Store store, History history, SavingPlace place, Executor background) {
    this.scope = origin.scope();
    this.limits = origin.limits();
    this.time = origin.time();
    this.store = store;
    this.history = history;
    this.place = place;
    this.background = background;
    this.thread =
        Thread.ofPlatform().daemon().name("freshet-save-" + scope.type()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** What the last time gave, in words. */
  String last() {
    return last;
  }

  /**
   * What an earlier process held.
   *
   * @param proven everything committed before is in it
   */
  record Earlier(SavedState state, Moment proven) {}

  /**
   * What an earlier process has saved, if it is certainly of this cluster, and young enough that
   * the server may remember what came after. Asks the cluster who it is if there is anything.
   * Blocks the calling thread.
   */
  Optional<Earlier> earlier() {
    if (!place.file().exists()) {
      return Optional.empty();
    }
    // Connecting takes as long as loading.
    var asked = new FutureTask<>(place.cluster()::get);
    Thread.ofPlatform().daemon().name("freshet-who").start(asked);
    return place.file().load().flatMap(state -> judged(state, asked));
  }

  private Optional<Earlier> judged(SavedState state, FutureTask<Optional<String>> asked) {
    Duration age = Duration.ofMillis(time.wallMillis() - state.provenMillis());
    if (age.isNegative()) {
      return refused("it is from the future");
    }
    if (age.compareTo(SavedDirectory.OLDEST) > 0) {
      return refused("it is older than " + SavedDirectory.OLDEST.toHours() + " hours");
    }
    if (bytes(state) > limits.maxBytes()) {
      return refused("it is more than the cache may hold");
    }
    Optional<String> here;
    try {
      here = asked.get();
    } catch (InterruptedException e) {
      // Only close() interrupts this thread, and the loop looks at that next.
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      LOG.info("What was saved of {} is not used now: {}", scope, String.valueOf(e.getCause()));
      return Optional.empty();
    }
    if (here.isEmpty()) {
      LOG.info("What was saved of {} is not used, since {}", scope, UNTOLD);
      return Optional.empty();
    }
    if (!here.get().equals(state.cluster())) {
      return refused("it is of another cluster, " + state.cluster());
    }
    cluster = here;
    return Optional.of(
        new Earlier(
            state, new Moment(time.monotonicNanos() - age.toNanos(), state.provenMillis())));
  }

  private Optional<Earlier> refused(String why) {
    place.file().refuse(why);
    return Optional.empty();
  }

  private static long bytes(SavedState state) {
    long bytes = 0;
    for (StoredObject object : state.objects()) {
      bytes += object.body().heldBytes();
    }
    return bytes;
  }

  /** A lineage begins. */
  void began() {
    sound = true;
    begun.countDown();
  }

  /** A lineage goes on from what was saved. */
  void resumed(SavedState state) {
    saved = state.frontier();
    began();
  }

  /** The lineage is over, and what was saved of it is worth nothing. */
  void ended() {
    if (sound) {
      sound = false;
      background.execute(
          () -> {
            saved = null;
            place.file().discard();
          });
    }
  }

  private void run() {
    try {
      while (!time.await(begun, EVERY)) {}
      Duration pause = FIRST;
      while (!time.await(closed, pause)) {
        identify();
        var written = new FutureTask<>(this::write);
        background.execute(written);
        pause = written.get();
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread; it ends.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.error("Saving {} met a defect and ends", scope, e);
    }
  }

  private void identify() {
    if (cluster.isPresent()) {
      return;
    }
    try {
      cluster = place.cluster().get();
      last = cluster.isPresent() ? last : "not possible: " + UNTOLD;
    } catch (FreshetException e) {
      last = "failed: " + e.problem();
    }
  }

  /**
   * Saves what is held if it is worth it. In the background only.
   *
   * @return how long to wait before the next time
   */
  private Duration write() {
    Optional<Snapshot> held = store.snapshot();
    if (held.isEmpty() || !isSound()) {
      return FIRST;
    }
    ResourceVersion frontier = held.get().frontier();
    Optional<Moment> proven = history.dating().provenAt(frontier);
    if (cluster.isEmpty()
        || !frontier.isComparable()
        || frontier.equals(saved)
        || proven.isEmpty()) {
      return EVERY;
    }
    long ageMillis = Math.ceilDiv(time.since(proven.get()).toNanos(), NANOS_PER_MILLI);
    long provenMillis = time.wallMillis() - ageMillis;
    return switch (place.file().save(cluster.get(), held.get(), provenMillis)) {
      case SavedFile.Outcome.Saved(long bytes) -> {
        saved = frontier;
        last = held.get().size() + " objects at " + frontier + " in " + bytes + " bytes";
        Duration paced = Duration.ofSeconds(bytes / BYTES_PER_SECOND);
        yield paced.compareTo(EVERY) > 0 ? paced : EVERY;
      }
      case SavedFile.Outcome.Failed(String why) -> {
        last = "failed: " + why;
        yield EVERY;
      }
    };
  }

  private boolean isSound() {
    return sound && history.isTrusted() && history.alarm().isEmpty();
  }

  /** Saves for a last time if it ever began, and waits shortly for that. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    if (!sound) {
      return;
    }
    var written = new CountDownLatch(1);
    background.execute(
        () -> {
          try {
            identify();
            write();
          } finally {
            written.countDown();
          }
        });
    try {
      if (!time.await(written, ENDS_WITHIN)) {
        LOG.warn("What the cache of {} holds could not be saved within {}", scope, ENDS_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
