package dev.freshet;

import dev.freshet.error.ClosedException;
import dev.freshet.meter.ClusterMeters;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import dev.freshet.transport.Transport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to put a read of the cache down: all that governor, accounting and metrics add to
 * it, since it passes no gate. In this package, for what is measured is not public.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class AccountingCost {
  private static final ResourceType PODS = new ResourceType("", "v1", "pods", "Pod", true);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Whether meters for Prometheus are told of every read. */
  @Param({"false", "true"})
  boolean meters;

  private Cluster cluster = Cluster.open(new Nowhere(), ClusterOptions.defaults());
  private Serving serving = serving(cluster);
  private Answer answer = new Answer(List.of(), provenance());

  /** A way to no server. */
  private static final class Nowhere implements Transport {
    @Override
    public ApiResponse send(ApiRequest request) {
      throw new ClosedException("there is no server", "Read from the cache.");
    }

    @Override
    public void close() {}
  }

  /** Opens a client with meters or without. */
  @Setup
  public void open() {
    cluster.close();
    var options = ClusterOptions.defaults().caller("bench");
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    cluster =
        Cluster.open(
            new Nowhere(), meters ? options.observer(new ClusterMeters(registry)) : options);
    serving = serving(cluster);
    answer = new Answer(List.of(), provenance());
  }

  /** Ends it. */
  @TearDown
  public void close() {
    cluster.close();
  }

  private static Serving serving(Cluster cluster) {
    return new Serving(
        cluster,
        new Scope(PODS, Namespaces.all(), "dashboard", HOUR, Fence.AUTO, false),
        Optional.empty(),
        Query.everything(),
        Consistency.cached(),
        Deadline.in(HOUR, TimeSource.system()),
        (cut, plan) -> {
          throw new IllegalStateException("nothing is read here");
        });
  }

  private static Provenance provenance() {
    return new Provenance(
        Consistency.cached(),
        Route.CACHED,
        1,
        PODS,
        new ResourceVersion("10"),
        Optional.of(Duration.ofSeconds(3)),
        true,
        Duration.ZERO,
        Provenance.Requests.NONE,
        Provenance.Bytes.NONE,
        "the cache is declared and synced",
        "");
  }

  /** One read put down. */
  @Benchmark
  public void putDown() {
    cluster.accounting().answered(serving, answer);
  }
}
