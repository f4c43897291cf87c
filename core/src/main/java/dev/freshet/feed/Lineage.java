package dev.freshet.feed;

import dev.freshet.codec.WatchEvent;
import dev.freshet.error.ApiException;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.request.Failures;
import dev.freshet.store.Store;
import java.util.List;

/**
 * One complete list and the events that follow it: applies them to the store and moves the frontier
 * by the rules that keep it true. For the feed's thread.
 *
 * <ul>
 *   <li>A list at version R puts the frontier at R, even when that is lower than before.
 *   <li>A bookmark at B says that everything up to B has been sent: the frontier moves to B.
 *   <li>An event at E moves it to E; for kinds whose deletions may share a version, to just before
 *       E, since more of the same version may follow (see {@code ResourceType#sharesVersions()}).
 *   <li>Anything at or below the frontier contradicts the order of a watch: the lineage is over.
 * </ul>
 */
final class Lineage {

  private final FeedScope scope;
  private final FeedLimits limits;
  private final Store store;
  private int epoch = 1;
  private ResourceVersion highest = ResourceVersion.NONE;

  Lineage(FeedScope scope, FeedLimits limits, Store store) {
    this.scope = scope;
    this.limits = limits;
    this.store = store;
  }

  /**
   * Begins anew with a complete list. A version below one seen before means that the server's
   * history went back: a new epoch.
   *
   * @return whether a new epoch began
   */
  boolean begin(List<StoredObject> listed, ResourceVersion version) {
    boolean wentBack =
        highest.isComparable() && version.isComparable() && !version.isAtLeast(highest);
    if (wentBack) {
      epoch++;
    }
    highest = version;
    store.replace(listed, version, epoch);
    return wentBack;
  }

  /** Applies one event; visible to readers after {@link Store#publish()}. */
  void apply(WatchEvent event) throws ApiException {
    switch (event) {
      case WatchEvent.Added added -> put(added.object());
      case WatchEvent.Modified modified -> put(modified.object());
      case WatchEvent.Deleted deleted -> {
        advance(deleted.object().resourceVersion());
        store.remove(deleted.object().key());
      }
      case WatchEvent.Bookmark bookmark -> {
        requireInOrder(bookmark.resourceVersion(), true);
        moveTo(bookmark.resourceVersion());
      }
      case WatchEvent.Failed failed ->
          throw Failures.ofWatchError(
              failed.code(), failed.reason(), failed.message(), scope.type());
    }
  }

  private void put(StoredObject object) {
    advance(object.resourceVersion());
    store.put(object);
    limits.require(store.bytes(), scope);
  }

  private void advance(ResourceVersion version) {
    requireInOrder(version, false);
    moveTo(
        scope.type().sharesVersions() && version.isComparable() ? version.predecessor() : version);
  }

  private void requireInOrder(ResourceVersion version, boolean mayEqual) {
    ResourceVersion frontier = store.frontier();
    if (!version.isComparable() || !frontier.isComparable()) {
      return;
    }
    int order = version.compareTo(frontier);
    if (order < 0 || (order == 0 && !mayEqual)) {
      throw new MalformedResponseException(
          "the watch of " + scope + " at " + frontier + " sent something at " + version,
          "Freshet reads a complete list again.");
    }
  }

  private void moveTo(ResourceVersion version) {
    store.advance(version);
    if (!highest.isComparable() || (version.isComparable() && version.isAtLeast(highest))) {
      highest = version;
    }
  }
}
