package dev.freshet.meter;

import dev.freshet.CacheHealth;
import dev.freshet.Consistency;
import dev.freshet.Load;
import dev.freshet.Provenance;
import dev.freshet.ReadObserver;
import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceType;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a client does, as Micrometer meters; {@code docs/reference/metrics.md} names them all. Needs
 * {@code micrometer-core}, which is the program's to bring. Labels are bounded: the declared kinds
 * and those that are read, the levels and routes, and the callers that the program names, at most a
 * thousand. Thread-safe.
 *
 * <pre>{@code
 * var meters = new ClusterMeters(registry);
 * var freshet = Freshet.connect(options -> options.cache(Pod.class).observer(meters));
 * meters.watch(freshet.load(), freshet::health);
 * }</pre>
 */
public final class ClusterMeters implements ReadObserver {

  private final MeterRegistry registry;
  private final ReadMeters reads;
  private final CallerMeters callers = new CallerMeters();

  public ClusterMeters(MeterRegistry registry) {
    this.registry = registry;
    this.reads = new ReadMeters(registry);
  }

  @Override
  public void answered(String caller, Provenance provenance, long tookNanos) {
    callers.met(caller);
    reads.answered(provenance, tookNanos);
  }

  @Override
  public void failed(
      String caller, ResourceType kind, Consistency level, FreshetException why, long tookNanos) {
    callers.met(caller);
    reads.failed(kind, level, tookNanos);
  }

  /**
   * Shows a client itself, too: one for each registry.
   *
   * @param load the client's
   * @param health how its caches are, such as {@code freshet::health}
   */
  public void watch(Load load, Supplier<List<CacheHealth>> health) {
    new ServerMeters(load).bindTo(registry);
    callers.show(load, registry);
    new CacheMeters(health).bindTo(registry);
  }
}
