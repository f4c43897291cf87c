package dev.freshet.feed;

import dev.freshet.codec.WatchEvent;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a feed says of itself. Written by its thread, read by any. */
final class Journal {

  private final TimeSource time;
  private volatile FeedStatus status;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong lists = new AtomicLong();
  private volatile @Nullable Moment lastBookmark;
  private volatile @Nullable Moment resumed;

  /** What went wrong last; empty since something went right. */
  private String lastFailure = "";

  Journal(TimeSource time) {
    this.time = time;
    this.status =
        new FeedStatus(FeedStatus.State.STARTING, time.now(), "just declared", Optional.empty());
  }

  FeedStatus status() {
    return status;
  }

  void enter(FeedStatus.State state, String why) {
    FeedStatus before = status;
    if (before.state() != state || !before.why().equals(why)) {
      status = new FeedStatus(state, time.now(), why, before.lastHeard());
    }
  }

  /** The server has sent something. */
  void heard() {
    lastFailure = "";
    FeedStatus before = status;
    status = new FeedStatus(before.state(), before.since(), before.why(), Optional.of(time.now()));
  }

  /** The feed's thread has taken this from its watch. */
  void took(WatchEvent event) {
    switch (event) {
      case WatchEvent.Added added -> events.incrementAndGet();
      case WatchEvent.Modified modified -> events.incrementAndGet();
      case WatchEvent.Deleted deleted -> events.incrementAndGet();
      case WatchEvent.Bookmark bookmark -> lastBookmark = time.now();
      case WatchEvent.Failed failed -> {}
    }
  }

  /**
   * The feed goes on from what an earlier process has saved.
   *
   * @param proven when that was known to be current
   */
  void resumed(Moment proven) {
    resumed = proven;
    enter(
        FeedStatus.State.STARTING,
        "goes on from what was saved " + time.since(proven).toSeconds() + " s ago");
  }

  /** What it went on from; empty if it has had a complete list. */
  Optional<Moment> resumed() {
    return Optional.ofNullable(resumed);
  }

  /** A complete list has come. */
  void listed() {
    resumed = null;
    lists.incrementAndGet();
    heard();
  }

  /** Complete lists so far, streamed ones included. */
  long lists() {
    return lists.get();
  }

  /** Objects that watches brought, without those of complete lists. */
  long events() {
    return events.get();
  }

  /** When a watch last brought a bookmark. */
  Optional<Moment> lastBookmark() {
    return Optional.ofNullable(lastBookmark);
  }

  void failed(String why) {
    lastFailure = why;
  }

  String lastFailure() {
    return lastFailure;
  }
}
