package dev.freshet.cli.top;

import dev.freshet.cli.staleness.Staleness;
import java.util.List;

/**
 * What a source shows at one look.
 *
 * @param caches one row for each
 * @param counts since the client was opened
 * @param trouble why it could not be asked now, so that this is old; empty if it could
 */
record Seen(List<CacheRow> caches, Counts counts, String trouble) {

  /**
   * A cache.
   *
   * @param kind as accounts of reads call it
   */
  record CacheRow(String kind, Staleness staleness) {}
}
