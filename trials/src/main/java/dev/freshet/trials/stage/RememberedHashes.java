package dev.freshet.trials.stage;

import dev.freshet.Row;
import dev.freshet.testkit.history.ItemHash;
import dev.freshet.testkit.history.Items;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The hashes of objects that one cache has shown, so that reading the same 2,000 again costs no
 * walk through their bytes. A wrong object under a right uid and version is found by the answers
 * that are kept whole, one in a hundred, for which nothing is remembered. Thread-safe.
 */
public final class RememberedHashes {
  /** Objects remembered; one more, and all are forgotten. */
  private static final int MAX_HASHES = 50_000;

  /** After a restore a uid has the same version a second time, with other content. */
  private record Version(int epoch, String uid, String version) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Version, Long> hashes = new HashMap<>();

  /** Adds objects of an answer from the cache in one of its epochs. */
  public void add(List<? extends Row<?>> rows, int epoch, Items.Gathering into) {
    if (into.keeps()) {
      Answers.add(rows, into);
      return;
    }
    lock.lock();
    try {
      for (Row<?> row : rows) {
        into.addHash(hash(row, epoch));
      }
    } finally {
      lock.unlock();
    }
  }

  private long hash(Row<?> row, int epoch) {
    var version = new Version(epoch, row.uid(), row.resourceVersion().text());
    Long known = hashes.get(version);
    if (known != null) {
      return known;
    }
    long hash = ItemHash.of(Answers.item(row, false));
    if (hashes.size() == MAX_HASHES) {
      hashes.clear();
    }
    hashes.put(version, hash);
    return hash;
  }
}
