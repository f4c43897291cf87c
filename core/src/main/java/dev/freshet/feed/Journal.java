package dev.freshet.feed;

import dev.freshet.time.TimeSource;
import java.util.Optional;

/** What a feed says of itself. Written by its thread, read by any. */
final class Journal {

  private final TimeSource time;
  private volatile FeedStatus status;

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

  void failed(String why) {
    lastFailure = why;
  }

  String lastFailure() {
    return lastFailure;
  }
}
