package dev.freshet.webhook.reserve;

import dev.freshet.fabric8.Freshet;
import java.util.List;

/**
 * Where reservations are kept, in a fixed number of buckets. Thread-safe.
 *
 * <p>It must be linearizable: a swap succeeds only if nobody has swapped the bucket since its
 * version was read.
 */
public interface Claims {

  /**
   * Reads a bucket. It may be of the past: a swap finds out.
   *
   * @param bucket its name, of lower-case letters, digits and dashes
   * @throws dev.freshet.error.FreshetException if it could not be read
   */
  Claim read(String bucket) throws InterruptedException;

  /**
   * Replaces the reservations of a bucket.
   *
   * @param read what they were when they were read
   * @return whether it was; false if somebody else was first, and nothing was changed
   * @throws dev.freshet.error.FreshetException if it could not be written, or nobody knows
   */
  boolean swap(String bucket, Claim read, List<Claim.Reservation> reservations)
      throws InterruptedException;

  /**
   * In this process: for a webhook of one replica. They end with the process, so after a restart
   * the reviews of the former one are not known: two processes at once, if only during a rollout,
   * need {@link #configMaps}.
   */
  static Claims inMemory() {
    return new MemoryClaims();
  }

  /**
   * In ConfigMaps {@code freshet-claim-…} of this namespace, {@value Constraint#BUCKETS} for each
   * constraint: for several replicas. Each review that reserves costs a write, and a read if
   * another replica was first. The replicas must be allowed to get, create and update them.
   */
  static Claims configMaps(Freshet freshet, String namespace) {
    return new ConfigMapClaims(freshet::client, namespace);
  }
}
