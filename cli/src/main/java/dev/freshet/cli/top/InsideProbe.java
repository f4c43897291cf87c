package dev.freshet.cli.top;

import dev.freshet.cli.exposition.Scrape;
import dev.freshet.cli.exposition.ScrapeReader;
import dev.freshet.cli.measure.Recent;
import dev.freshet.error.ApiException;
import dev.freshet.error.FreshetException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an API server's {@code /metrics} now and then, since they are megabytes: a look in between
 * shows what was read last. A server that refuses is asked again after a minute. For one look at a
 * time.
 */
public final class InsideProbe {

  /** The least time between two readings, where they go on. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  static final Duration ASK_AGAIN_AFTER = Duration.ofMinutes(1);

  private final Metrics metrics;
  private final Duration every;
  private final Recent<Scrape> recent = new Recent<>();
  private @Nullable Scrape last;
  private long lastNanos;
  private Inside.@Nullable Hidden hidden;
  private long nextNanos;
  private boolean begun;

  /** Hands over a server's metrics while they arrive. */
  @FunctionalInterface
  public interface Metrics {
    /**
     * Reads them once.
     *
     * @throws FreshetException if they are not to be had
     */
    void read(Consumer<ByteBuffer> sink);
  }

  /**
   * @param every the least time between two readings
   */
  public InsideProbe(Metrics metrics, Duration every) {
    this.metrics = metrics;
    this.every = every;
  }

  /**
   * Looks once.
   *
   * @param kinds which to tell of
   */
  Inside look(long nowNanos, Collection<String> kinds) {
    if (!begun || nowNanos - nextNanos >= 0) {
      begun = true;
      nextNanos = nowNanos + read(nowNanos, kinds).toNanos();
    }
    Inside.Hidden refused = hidden;
    if (refused != null) {
      return refused;
    }
    Scrape scrape = Objects.requireNonNull(last);
    return ApiServerMetrics.shown(scrape, Duration.ofNanos(nowNanos - lastNanos), recent, kinds);
  }

  /** Reads; returns how long to leave it at that. */
  private Duration read(long nowNanos, Collection<String> kinds) {
    var reader =
        new ScrapeReader(
            ApiServerMetrics.NAMES::contains, sample -> ApiServerMetrics.concerns(sample, kinds));
    try {
      metrics.read(reader::push);
    } catch (FreshetException e) {
      hidden = new Inside.Hidden(e.problem(), e.remedy());
      return e instanceof ApiException ? ASK_AGAIN_AFTER : every;
    }
    Scrape scrape = reader.end();
    recent.add(nowNanos, scrape);
    last = scrape;
    lastNanos = nowNanos;
    hidden = null;
    return every;
  }
}
