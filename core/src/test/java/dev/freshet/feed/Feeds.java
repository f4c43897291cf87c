package dev.freshet.feed;

import dev.freshet.scripted.Gates;
import dev.freshet.time.TimeSource;
import dev.freshet.transport.Transport;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** Feeds for tests: no audits and no limit of bytes unless said otherwise. */
public final class Feeds {

  static final FeedLimits UNLIMITED = new FeedLimits(Long.MAX_VALUE, Duration.ZERO, true);

  private Feeds() {}

  public static Feed of(FeedScope scope, Transport server, TimeSource time) {
    return of(scope, UNLIMITED, server, time);
  }

  static Feed of(FeedScope scope, FeedLimits limits, Transport server, TimeSource time) {
    return of(scope, limits, server, time, Optional.empty());
  }

  static Feed of(
      FeedScope scope,
      FeedLimits limits,
      Transport server,
      TimeSource time,
      Optional<SavingPlace> place) {
    return new Feed(
        scope, limits, "test", Gates.of(server, time), new ListTurns(), time, new Random(1), place);
  }
}
