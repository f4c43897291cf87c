package dev.freshet.feed;

import dev.freshet.codec.WatchEvent;
import dev.freshet.compact.Intake;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.request.Failures;
import dev.freshet.saved.SavedState;
import dev.freshet.store.Store;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One complete list and the events that follow it: applies them to the store and moves the frontier
 * by the rules that keep it true.
 *
 * <ul>
 *   <li>A list at version R puts the frontier at R, even when that is lower than before.
 *   <li>A bookmark at B says that everything up to B has been sent: the frontier moves to B.
 *   <li>An event at E moves it to E; for kinds whose deletions may share a version, to just before
 *       E, since more of the same version may follow (see {@code ResourceType#sharesVersions()}).
 *   <li>Events may come on several watches at once, each a {@link Strand} that began at or below
 *       the frontier and is whole from there. What another strand has brought already is dropped:
 *       applied late, it would bring back what has been deleted since.
 *   <li>Anything at or below a strand's own position contradicts the order of a watch: the lineage
 *       is over.
 * </ul>
 *
 * <p>Thread-safe: the store's one writer is whoever holds the lock.
 */
final class Lineage {

  private final FeedScope scope;
  private final FeedLimits limits;
  private final Store store;
  private final Compaction compaction;
  private final ReentrantLock writing = new ReentrantLock();
  private int epoch = 1;
  private int generation;
  private ResourceVersion highest = ResourceVersion.NONE;

  Lineage(FeedScope scope, FeedLimits limits, Store store, Executor background) {
    this.scope = scope;
    this.limits = limits;
    this.store = store;
    this.compaction = new Compaction(limits.newPacker(), store, this::asWriter, background);
  }

  /**
   * Begins anew with a complete list. A version below one seen before means that the server's
   * history went back: a new epoch.
   *
   * @return whether a new epoch began
   */
  boolean begin(Store.Prepared listed, ResourceVersion version) {
    writing.lock();
    try {
      boolean wentBack =
          highest.isComparable() && version.isComparable() && !version.isAtLeast(highest);
      if (wentBack) {
        epoch++;
      }
      generation++;
      highest = version;
      store.replace(listed, version, epoch);
      compaction.listed();
      return wentBack;
    } finally {
      writing.unlock();
    }
  }

  /** Begins with what an earlier process held, before anything else. */
  void resume(SavedState state, Store.Prepared objects) {
    writing.lock();
    try {
      generation++;
      highest = state.frontier();
      store.replace(objects, state.frontier(), epoch);
      compaction.resumed(state.dictionary());
    } finally {
      writing.unlock();
    }
  }

  /** Packs the objects of a complete list while it arrives. */
  Intake intake() {
    return compaction.intake();
  }

  private void asWriter(Runnable change) {
    writing.lock();
    try {
      change.run();
    } finally {
      writing.unlock();
    }
  }

  /** Ends what goes on in the background. */
  void close() {
    compaction.close();
  }

  /** Gives up everything that is held. */
  void clear() {
    writing.lock();
    try {
      generation++;
      store.clear();
    } finally {
      writing.unlock();
    }
  }

  /** A watch that goes on from the frontier as it is now. */
  Strand strand() {
    writing.lock();
    try {
      return new Strand(store.frontier(), generation);
    } finally {
      writing.unlock();
    }
  }

  /** One watch's way through this lineage. For one thread. */
  final class Strand {
    private final ResourceVersion from;
    private final int bornIn;
    private ResourceVersion position;

    private Strand(ResourceVersion from, int bornIn) {
      this.from = from;
      this.position = from;
      this.bornIn = bornIn;
    }

    /** The version that the watch is to begin at. */
    ResourceVersion from() {
      return from;
    }

    /** Applies one event; visible to readers after {@link #publish()}. */
    void apply(WatchEvent event) {
      writing.lock();
      try {
        if (bornIn == generation) {
          take(event);
        }
      } finally {
        writing.unlock();
      }
    }

    /** Makes everything since the last call visible at once. */
    void publish() {
      writing.lock();
      try {
        if (bornIn == generation) {
          store.publish();
        }
      } finally {
        writing.unlock();
      }
    }

    private void take(WatchEvent event) {
      switch (event) {
        case WatchEvent.Added added -> put(added.object());
        case WatchEvent.Modified modified -> put(modified.object());
        case WatchEvent.Deleted deleted -> {
          if (advance(deleted.object().resourceVersion())) {
            store.remove(deleted.object());
          }
        }
        case WatchEvent.Bookmark bookmark -> {
          ResourceVersion version = bookmark.resourceVersion();
          requireInOrder(version, true);
          position = version;
          if (isNews(version)) {
            moveTo(version);
          }
        }
        case WatchEvent.Failed failed ->
            throw Failures.ofWatchError(
                failed.code(), failed.reason(), failed.message(), scope.type());
      }
    }

    private void put(StoredObject object) {
      if (advance(object.resourceVersion())) {
        compaction.pack(object);
        store.put(object);
        limits.require(store.bytes(), scope);
      }
    }

    /** Moves on to an event; false if another strand has brought it already. */
    private boolean advance(ResourceVersion version) {
      requireInOrder(version, false);
      boolean news = isNews(version);
      position =
          scope.type().sharesVersions() && version.isComparable() ? version.predecessor() : version;
      if (news) {
        moveTo(position);
      }
      return news;
    }

    private boolean isNews(ResourceVersion version) {
      ResourceVersion frontier = store.frontier();
      return !version.isComparable() || !frontier.isComparable() || version.compareTo(frontier) > 0;
    }

    private void requireInOrder(ResourceVersion version, boolean mayEqual) {
      if (!version.isComparable() || !position.isComparable()) {
        return;
      }
      int order = version.compareTo(position);
      if (order < 0 || (order == 0 && !mayEqual)) {
        throw new MalformedResponseException(
            "the watch of " + scope + " at " + position + " sent something at " + version,
            "Freshet reads a complete list again.");
      }
    }
  }

  private void moveTo(ResourceVersion version) {
    store.advance(version);
    if (!highest.isComparable() || (version.isComparable() && version.isAtLeast(highest))) {
      highest = version;
    }
  }
}
