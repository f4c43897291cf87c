package dev.freshet.testkit.referee;

import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One epoch as it is written down: the base, then events in etcd's order, each once. Written by one
 * thread, read by others; thread-safe.
 */
final class Ledger {
  private final List<WatchedPrefix> prefixes;
  private final String tagAnnotation;
  private final LongSupplier clock;
  private final long baseRv;
  private final long beganNanos;
  private final List<EtcdEvent> base = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<EtcdEvent> events = new ArrayList<>();
  private final Map<String, String> uids = new HashMap<>();
  private final Map<Map<String, String>, Map<String, String>> labelSets = new HashMap<>();
  private long reachedRv;
  private Optional<RefereeException> failure = Optional.empty();

  Ledger(
      List<WatchedPrefix> prefixes,
      String tagAnnotation,
      LongSupplier clock,
      long baseRv,
      long beganNanos) {
    this.prefixes = prefixes;
    this.tagAnnotation = tagAnnotation;
    this.clock = clock;
    this.baseRv = baseRv;
    this.reachedRv = baseRv;
    this.beganNanos = beganNanos;
  }

  /** Adds what was there at the beginning; only before anything else. */
  void base(WatchedPrefix prefix, List<EtcdGateway.Entry> entries) {
    for (EtcdGateway.Entry entry : entries) {
      base.add(put(prefix, entry, EtcdEvent.UNSEEN_NANOS));
    }
  }

  /** Where a watch that broke has to go on; it then tells the events of this revision again. */
  long resumeAt() {
    lock.lock();
    try {
      return Math.max(reachedRv, baseRv + 1);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a change of a key; one that is here already, or not watched, is left out. */
  void add(EtcdGateway.Entry entry, boolean deleted) {
    lock.lock();
    try {
      long rv = entry.modRevision();
      if (rv < reachedRv) {
        throw new RefereeException(
            "etcd's watch went back from revision %d to %d at %s."
                .formatted(reachedRv, rv, entry.key()));
      }
      for (WatchedPrefix prefix : prefixes) {
        if (entry.key().startsWith(prefix.prefix()) && !known(rv, prefix, entry)) {
          long now = clock.getAsLong();
          events.add(deleted ? deletion(prefix, entry, now) : put(prefix, entry, now));
        }
      }
      reachedRv = rv;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Several events may share a revision, but not their keys. */
  private boolean known(long rv, WatchedPrefix prefix, EtcdGateway.Entry entry) {
    for (int i = events.size() - 1; i >= 0 && events.get(i).rv() == rv; i--) {
      EtcdEvent event = events.get(i);
      if (event.collection().equals(prefix.collection())
          && event.key().equals(key(prefix, entry))) {
        return true;
      }
    }
    return false;
  }

  private EtcdEvent put(WatchedPrefix prefix, EtcdGateway.Entry entry, long seenNanos) {
    StoredObject object = StoredObject.read(entry.key(), entry.value(), tagAnnotation);
    // An object has many events but one uid: its text is kept once.
    String uid = uids.merge(entry.key(), object.uid(), (old, now) -> old.equals(now) ? old : now);
    return new EtcdEvent(
        entry.modRevision(),
        prefix.collection(),
        key(prefix, entry),
        uid,
        false,
        // Few distinct sets of labels, many events.
        labelSets.computeIfAbsent(object.labels(), labels -> labels),
        object.tag(),
        object.content(),
        seenNanos);
  }

  private EtcdEvent deletion(WatchedPrefix prefix, EtcdGateway.Entry entry, long seenNanos) {
    String uid = uids.remove(entry.key());
    if (uid == null) {
      throw new RefereeException(
          "etcd deleted %s at revision %d, which the referee never saw."
              .formatted(entry.key(), entry.modRevision()));
    }
    return new EtcdEvent(
        entry.modRevision(),
        prefix.collection(),
        key(prefix, entry),
        uid,
        true,
        Map.of(),
        "",
        0,
        seenNanos);
  }

  private static String key(WatchedPrefix prefix, EtcdGateway.Entry entry) {
    return entry.key().substring(prefix.prefix().length());
  }

  /** Ends the epoch as one that cannot be judged by. */
  void fail(RefereeException why) {
    lock.lock();
    try {
      failure = Optional.of(why);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything up to a revision is here; false when that takes too long. */
  boolean awaitReached(long rv, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long leftNanos = atMost.toNanos();
      while (failure.isEmpty() && reachedRv < rv) {
        if (leftNanos <= 0) {
          return false;
        }
        leftNanos = changed.awaitNanos(leftNanos);
      }
      if (failure.isPresent()) {
        throw failure.get();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The epoch as far as a revision that has been reached. */
  EtcdEpoch epoch(long upToRv, long endedNanos) {
    lock.lock();
    try {
      List<EtcdEvent> complete = events.stream().filter(event -> event.rv() <= upToRv).toList();
      return new EtcdEpoch(baseRv, base, complete, upToRv, beganNanos, endedNanos);
    } finally {
      lock.unlock();
    }
  }

  /** The revision of each key of a kind, by the events alone. */
  static Map<String, Long> fold(EtcdEpoch epoch, WatchedPrefix prefix) {
    var revisions = new TreeMap<String, Long>();
    for (List<EtcdEvent> part : List.of(epoch.base(), epoch.events())) {
      for (EtcdEvent event : part) {
        if (!event.collection().equals(prefix.collection())) {
          continue;
        }
        if (event.deleted()) {
          revisions.remove(prefix.prefix() + event.key());
        } else {
          revisions.put(prefix.prefix() + event.key(), event.rv());
        }
      }
    }
    return revisions;
  }
}
