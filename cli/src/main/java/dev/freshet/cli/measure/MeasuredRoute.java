package dev.freshet.cli.measure;

import dev.freshet.Consistency;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Route;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One way to read that is measured.
 *
 * @param name as the table and the JSON call it
 * @param read performs one read
 * @param rest between two reads, so that no route starves another or keeps a core busy
 */
public record MeasuredRoute(String name, Supplier<? extends ReadList<?>> read, Duration rest) {

  private static final Duration CACHED_REST = Duration.ofMillis(5);
  private static final Duration DIRECT_REST = Duration.ofMillis(100);

  /** From the cache, 200 times a second at most. */
  public static MeasuredRoute cached(Reads<?> reads, Query query) {
    return new MeasuredRoute(
        Route.CACHED.toString(), () -> reads.list(query, Consistency.cached()), CACHED_REST);
  }

  /** By a list from the API server, with 100 ms of rest after each. */
  public static MeasuredRoute direct(Reads<?> reads, Query query) {
    return new MeasuredRoute(
        Route.DIRECT.toString(), () -> reads.list(query, Consistency.strong()), DIRECT_REST);
  }
}
