package dev.freshet.feed;

import dev.freshet.compact.Packer;
import dev.freshet.error.LimitExceededException;
import java.time.Duration;

/**
 * The bounds of one feed.
 *
 * @param maxBytes how many bytes of objects it may hold, as they are held
 * @param auditEvery how often it is compared with the API server; zero for never
 * @param packed whether objects are packed by what they have in common
 */
public record FeedLimits(long maxBytes, Duration auditEvery, boolean packed) {

  /** What packs its objects. */
  Packer newPacker() {
    return packed ? Packer.packing() : Packer.off();
  }

  /**
   * @throws LimitExceededException if so many bytes of objects are too many
   */
  void require(long bytes, FeedScope scope) {
    if (bytes > maxBytes) {
      throw new LimitExceededException(
          scope + " come to more than the " + maxBytes + " bytes that their cache may hold",
          "Narrow the cache by namespace or selector, keep metadata only, or raise maxBytes.");
    }
  }
}
