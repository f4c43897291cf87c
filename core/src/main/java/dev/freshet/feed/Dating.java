package dev.freshet.feed;

import dev.freshet.object.ResourceVersion;
import dev.freshet.time.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How old a cache can be at most.
 *
 * <p>A consistent answer at version R, asked for at time t, contains everything committed before t.
 * A cache whose frontier has reached R therefore is no older than t. Nothing else dates a cache: an
 * event or a bookmark says how far the server's own cache had come, which may be long ago.
 * Thread-safe; reading takes no lock.
 */
public final class Dating {

  /**
   * Proofs kept that the frontier has not reached yet; beyond that the newest takes the last place.
   */
  static final int MAX_PENDING = 16;

  private volatile List<Proof> proofs = List.of();

  private record Proof(ResourceVersion version, Moment asked) {}

  /**
   * A consistent answer at {@code version} was asked for at {@code asked}.
   *
   * @param frontier how far the cache is, to forget what no longer matters
   */
  public synchronized void prove(ResourceVersion version, Moment asked, ResourceVersion frontier) {
    Optional<Moment> proven = provenAt(frontier);
    List<Proof> kept = new ArrayList<>();
    for (Proof proof : proofs) {
      boolean outdone = proven.isPresent() && !isNewer(proof.asked, proven.get());
      if (!outdone || proof.asked.equals(proven.get())) {
        kept.add(proof);
      }
    }
    if (kept.size() > MAX_PENDING) {
      kept.removeLast();
    }
    kept.add(new Proof(version, asked));
    proofs = List.copyOf(kept);
  }

  /** Everything proven belongs to a history that is over. */
  synchronized void forget() {
    proofs = List.of();
  }

  /** When the newest consistent answer was asked for that a cache at this frontier contains. */
  public Optional<Moment> provenAt(ResourceVersion frontier) {
    Moment newest = null;
    for (Proof proof : proofs) {
      if (reaches(frontier, proof.version) && (newest == null || isNewer(proof.asked, newest))) {
        newest = proof.asked;
      }
    }
    return Optional.ofNullable(newest);
  }

  private static boolean isNewer(Moment one, Moment other) {
    return one.monotonicNanos() > other.monotonicNanos();
  }

  private static boolean reaches(ResourceVersion frontier, ResourceVersion version) {
    return frontier.equals(version)
        || (frontier.isComparable() && version.isComparable() && frontier.isAtLeast(version));
  }
}
