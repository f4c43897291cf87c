package dev.freshet.webhook;

import dev.freshet.Consistency;
import dev.freshet.Provenance;
import dev.freshet.SnapshotReads;
import dev.freshet.fabric8.Freshet;
import dev.freshet.fabric8.FreshetSession;
import dev.freshet.fabric8.FreshetSnapshot;
import dev.freshet.time.Deadline;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The cluster as one review sees it. A kind's state is pinned when the review first reads it, at
 * the level that the webhook declares and never below what the review itself shows; from then on
 * every read of it is of that moment. Kinds that the webhook wants {@linkplain Webhook#together
 * together} are pinned at one version. Thread-safe.
 */
public final class View {

  private final Freshet freshet;
  private final FreshetSession session;
  private final String caller;
  private final Consistency level;
  private final Set<Class<? extends HasMetadata>> together;
  private final Deadline deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Class<?>, SnapshotReads<?>> pinned = new LinkedHashMap<>();
  private Optional<FreshetSnapshot> ofSeveral = Optional.empty();

  /**
   * @param deadline by which each kind must be pinned
   */
  View(
      Freshet freshet, Webhook<?> webhook, Consistency level, Review<?> review, Deadline deadline) {
    this.freshet = freshet;
    this.session = freshet.session();
    this.caller = webhook.name();
    this.level = level;
    this.together = webhook.together();
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
    if (!together.contains(kind)) {
      return session.reads(kind).as(caller).within(left()).pin(level);
    }
    // Strong, and so above whatever the review shows.
    FreshetSnapshot several = ofSeveral.orElseGet(() -> freshet.snapshot(together, caller, left()));
    ofSeveral = Optional.of(several);
    return several.reads(kind);
  }

  /** A read needs a positive time; without one left it fails at its first wait. */
  private Duration left() {
    return deadline.remaining().plusNanos(1);
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
