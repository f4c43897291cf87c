package dev.freshet.feed;

import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the audits of one feed: periodically, and when asked to after an outage. A difference is
 * reported and heals by a new complete list. One thread.
 */
final class Audits implements AutoCloseable {

  /** An audit waits a random part of this, so that clients that came back together spread out. */
  static final Duration SPREAD = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Audits.class);

  private final Audit audit;
  private final FeedScope scope;
  private final FeedLimits limits;
  private final TimeSource time;
  private final Store store;
  private final History history;
  private final RandomGenerator random;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** Opened when an audit is wanted now. */
  private volatile CountDownLatch wanted = new CountDownLatch(1);

  /** Whether what was asked for is still wanted. */
  private volatile boolean due;

  private volatile String last = "none yet";

  Audits(Origin origin, Store store, History history, RandomGenerator random) {
    this.audit = new Audit(origin);
    this.scope = origin.scope();
    this.limits = origin.limits();
    this.time = origin.time();
    this.store = store;
    this.history = history;
    this.random = random;
    this.thread =
        Thread.ofPlatform().daemon().name("freshet-audit-" + scope.type()).unstarted(this::run);
  }

  void start() {
    if (limits.auditEvery().isZero()) {
      last = "off";
    } else {
      thread.start();
    }
  }

  /** Asks for an audit soon. Any thread. */
  void request(String why) {
    LOG.debug("The cache of {} is to be audited after {}", scope, why);
    due = true;
    wanted.countDown();
  }

  /** What was asked for is not wanted any more: what is held will be replaced. Any thread. */
  void drop() {
    due = false;
  }

  /** What the last one gave, in words. */
  String last() {
    return last;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        boolean asked = time.await(wanted, limits.auditEvery());
        wanted = new CountDownLatch(1);
        boolean ended = time.await(closed, Duration.ofMillis(random.nextLong(SPREAD.toMillis())));
        if (!ended && (due || !asked)) {
          due = false;
          auditOnce();
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread; it ends.
      Thread.currentThread().interrupt();
    }
  }

  private void auditOnce() {
    Optional<Snapshot> held = store.snapshot();
    if (held.isEmpty()) {
      return;
    }
    if (!audit.isPossible(held.get())) {
      last = "not possible: versions of this kind do not tell one state from another";
      return;
    }
    switch (audit.of(held.get())) {
      case Audit.Outcome.Equal equal ->
          last = equal.objects() + " objects equal at " + held.get().frontier();
      case Audit.Outcome.Unknown unknown -> last = "not known: " + unknown.why();
      case Audit.Outcome.Differs differs -> {
        last = differs.how();
        LOG.error(
            "The cache of {} differs from the API server and starts over: {}",
            scope,
            differs.how());
        history.distrust("an audit found that " + differs.how());
      }
    }
  }
}
