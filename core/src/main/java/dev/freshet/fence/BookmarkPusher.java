package dev.freshet.fence;

import dev.freshet.error.FreshetException;
import dev.freshet.feed.Feed;
import dev.freshet.object.ResourceVersion;
import dev.freshet.store.Snapshot;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens short watches for their bookmarks while somebody waits for a frontier that nothing else
 * moves. One watch at a time; it serves whoever comes while it runs.
 */
final class BookmarkPusher {

  /** Watches in a row without the frontier getting where it should; then it takes a new push. */
  static final int MAX_TRIES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(BookmarkPusher.class);

  private final Feed feed;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ResourceVersion wanted;
  private boolean running;
  private boolean closed;

  BookmarkPusher(Feed feed) {
    this.feed = feed;
  }

  /**
   * Somebody waits for this version. Returns at once.
   *
   * @return whether a watch is opened for it, rather than one used that is open already
   */
  boolean push(ResourceVersion version, String payer) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      ResourceVersion before = wanted;
      wanted = before != null && before.isAtLeast(version) ? before : version;
      boolean opens = !running;
      if (opens) {
        running = true;
        Thread.ofPlatform().daemon().name("freshet-bookmark").start(() -> run(payer));
      }
      return opens;
    } finally {
      lock.unlock();
    }
  }

  private void run(String payer) {
    for (int tries = 0; isWanted(tries); tries++) {
      try {
        feed.catchUp(payer);
      } catch (FreshetException e) {
        LOG.debug("A bookmark watch of {} failed: {}", feed.scope(), e.problem());
      }
    }
  }

  private boolean isWanted(int tries) {
    lock.lock();
    try {
      ResourceVersion version = wanted;
      Optional<Snapshot> held = feed.store().snapshot();
      boolean reached =
          version == null
              || held.isEmpty()
              || (held.get().frontier().isComparable() && held.get().frontier().isAtLeast(version));
      boolean go = !closed && !reached && tries < MAX_TRIES;
      if (!go) {
        wanted = null;
        running = false;
      }
      return go;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
