package dev.freshet.feed;

import dev.freshet.object.ResourceVersion;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import dev.freshet.time.Moment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What answers from elsewhere say of the history that a feed follows: they date it, or contradict
 * it. A contradiction raises an alarm, which stands until a new epoch begins, and takes the feed's
 * trust in its lineage. Thread-safe.
 */
final class History {

  private static final Logger LOG = LoggerFactory.getLogger(History.class);

  private final FeedScope scope;
  private final Store store;
  private final Dating dating = new Dating();

  /** Wakes the feed out of a watch that it is not to follow any further. */
  private final Runnable cut;

  private volatile String alarm = "";
  private volatile String distrust = "";

  History(FeedScope scope, Store store, Runnable cut) {
    this.scope = scope;
    this.store = store;
    this.cut = cut;
  }

  Dating dating() {
    return dating;
  }

  /** What contradicts this history; empty if nothing does. */
  String alarm() {
    return alarm;
  }

  /**
   * A consistent answer of the whole kind.
   *
   * @param then what the store held when the question was sent; null if nothing
   */
  void observe(ResourceVersion version, Moment asked, @Nullable Snapshot then) {
    Snapshot now = store.snapshot().orElse(null);
    if (now != null && isOfOneEpoch(then, now) && !contradicts(version, then)) {
      dating.prove(version, asked, now.frontier());
    }
  }

  /** An answer about one object, which dates nothing. */
  void observeWrite(ResourceVersion version, @Nullable Snapshot then) {
    if (isOfOneEpoch(then, store.snapshot().orElse(null))) {
      contradicts(version, then);
    }
  }

  private static boolean isOfOneEpoch(@Nullable Snapshot then, @Nullable Snapshot now) {
    return then != null && now != null && then.epoch() == now.epoch();
  }

  private boolean contradicts(ResourceVersion version, @Nullable Snapshot then) {
    if (then == null || !version.isBelow(then.frontier())) {
      return false;
    }
    if (alarm.isEmpty()) {
      alarm =
          "the API server answered at "
              + version
              + " after the cache was at "
              + then.frontier()
              + ": the cluster's history went back";
      LOG.warn("The cache of {} may be wrong: {}", scope, alarm);
      distrust(alarm);
    }
    return true;
  }

  /** Takes the trust in the lineage: the feed will read a complete list. */
  void distrust(String why) {
    distrust = why;
    cut.run();
  }

  boolean isTrusted() {
    return distrust.isEmpty();
  }

  /** Why the lineage is not to be followed any further; empty if it is. Asked once. */
  String takeDistrust() {
    String why = distrust;
    distrust = "";
    return why;
  }

  /** Everything known belongs to a history that is over. */
  void beginEpoch() {
    dating.forget();
    alarm = "";
  }
}
