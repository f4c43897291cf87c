package dev.freshet.webhook;

import dev.freshet.Consistency;
import dev.freshet.Provenance;
import dev.freshet.SnapshotReads;
import dev.freshet.fabric8.Freshet;
import dev.freshet.fabric8.FreshetSession;
import dev.freshet.time.Deadline;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The cluster as one review sees it. A kind's state is pinned when the review first reads it, at
 * the level that the webhook declares and never below what the review itself shows; from then on
 * every read of it is of that moment. Thread-safe.
 */
public final class View {

  private final FreshetSession session;
  private final String caller;
  private final Consistency level;
  private final Deadline deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Class<?>, SnapshotReads<?>> pinned = new LinkedHashMap<>();

  /**
   * @param caller whom the requests are charged to
   * @param deadline by which each kind must be pinned
   */
  View(Freshet freshet, String caller, Consistency level, Review<?> review, Deadline deadline) {
    this.session = freshet.session();
    this.caller = caller;
    this.level = level;
    this.deadline = deadline;
    review
        .request()
        .seen()
        .ifPresent(seen -> session.session().saw(seen.type(), seen.namespace(), seen.version()));
  }

  /**
   * Reads of one kind, which needs a declared cache.
   *
   * @throws dev.freshet.error.FreshetException if its state could not be pinned at the level in
   *     time
   */
  @SuppressWarnings("unchecked") // a kind's reads are kept under its class
  public <K extends HasMetadata> SnapshotReads<K> reads(Class<K> kind) {
    lock.lock();
    try {
      return (SnapshotReads<K>) pinned.computeIfAbsent(kind, unused -> pin(kind));
    } finally {
      lock.unlock();
    }
  }

  private <K extends HasMetadata> SnapshotReads<K> pin(Class<K> kind) {
    // A read needs a positive time; without one left it fails at its first wait.
    Duration left = deadline.remaining().plusNanos(1);
    return session.reads(kind).as(caller).within(left).pin(level);
  }

  /** How the kinds that were read were pinned, in the order of their first read. */
  public List<Provenance> provenance() {
    lock.lock();
    try {
      List<Provenance> all = new ArrayList<>();
      pinned.values().forEach(reads -> all.add(reads.provenance()));
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** The verdict with what it is based on, for the audit log. */
  public Verdict annotate(Verdict verdict) {
    Verdict annotated = verdict;
    for (Provenance each : provenance()) {
      annotated = annotated.audit("view-of-" + each.collection().plural(), each.toString());
    }
    return annotated;
  }
}
