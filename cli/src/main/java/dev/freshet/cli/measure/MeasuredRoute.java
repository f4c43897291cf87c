package dev.freshet.cli.measure;

import dev.freshet.Consistency;
import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Route;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One way to read that is measured.
 *
 * @param route the table and the JSON call it by its name; an answer may still come by another,
 *     where this one was in vain
 * @param read performs one read
 * @param rest between two reads, so that no route starves another or keeps a core busy
 */
public record MeasuredRoute(Route route, Supplier<? extends ReadList<?>> read, Duration rest) {

  private static final Duration CACHED_REST = Duration.ofMillis(5);
  private static final Duration ASKING_REST = Duration.ofMillis(100);

  /** Beyond the pace at which one object is touched, whose wait would be measured else. */
  private static final Duration TOUCH_REST = Duration.ofMillis(250);

  /** From the cache, 200 times a second at most. */
  public static MeasuredRoute cached(Reads<?> reads, Query query) {
    return new MeasuredRoute(
        Route.CACHED, () -> reads.list(query, Consistency.cached()), CACHED_REST);
  }

  /** Strong, in one of the ways there are: a list from the API server, or the cache and a fence. */
  public static MeasuredRoute strong(Reads<?> reads, Query query, Fence fence) {
    Reads<?> fenced = reads.fence(fence);
    Route route =
        switch (fence) {
          case AUTO -> throw new IllegalArgumentException("auto is no route of its own");
          case DIRECT -> Route.DIRECT;
          case PROBE -> Route.PROBE;
          case BOOKMARK -> Route.BOOKMARK;
          case TOUCH -> Route.TOUCH;
        };
    return new MeasuredRoute(
        route,
        () -> fenced.list(query, Consistency.strong()),
        fence == Fence.TOUCH ? TOUCH_REST : ASKING_REST);
  }

  String name() {
    return route.toString();
  }
}
