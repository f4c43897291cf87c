package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Putting a read of the cache down costs no memory, with meters or without. Here, since core may
 * not see the counters of a JVM.
 */
class AccountingAllocationTest {
  private static final ResourceType PODS = new ResourceType("", "v1", "pods", "Pod", true);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int WARM_UP = 50_000;
  private static final int READS = 50_000;

  /** What a thread's counter moves by itself, far below one object for each read. */
  private static final double LEAST = 0.5;

  /** A way to no server. */
  private static final class Nowhere implements Transport {
    @Override
    public ApiResponse send(ApiRequest request) {
      throw new ClosedException("there is no server", "Read from the cache.");
    }

    @Override
    public void close() {}
  }

  @Test
  void withoutObservers() {
    assertThat(bytesPerRead(ClusterOptions.defaults())).isLessThan(LEAST);
  }

  @Test
  void withMeters() {
    assertThat(
            bytesPerRead(
                ClusterOptions.defaults().observer(new ClusterMeters(new SimpleMeterRegistry()))))
        .isLessThan(LEAST);
  }

  @Test
  void withMetersForPrometheus() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    assertThat(bytesPerRead(ClusterOptions.defaults().observer(new ClusterMeters(registry))))
        .isLessThan(LEAST);
  }

  private static double bytesPerRead(ClusterOptions options) {
    try (var cluster = Cluster.open(new Nowhere(), options.caller("test"))) {
      Consistency level = Consistency.cached();
      var scope = new Scope(PODS, Namespaces.all(), "dashboard", HOUR, Fence.AUTO, false);
      var serving =
          new Serving(
              cluster,
              scope,
              Optional.empty(),
              Query.everything(),
              level,
              Deadline.in(HOUR, TimeSource.system()),
              (cut, plan) -> {
                throw new AssertionError("nothing is read here");
              });
      var answer = new Answer(List.of(), provenance(level));
      put(cluster, serving, answer, WARM_UP);
      var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = thread.getCurrentThreadAllocatedBytes();
      put(cluster, serving, answer, READS);
      double allocated = thread.getCurrentThreadAllocatedBytes() - before;
      return allocated / READS;
    }
  }

  private static void put(Cluster cluster, Serving serving, Answer answer, int times) {
    for (int i = 0; i < times; i++) {
      cluster.accounting().answered(serving, answer);
    }
  }

  private static Provenance provenance(Consistency level) {
    return new Provenance(
        level,
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
}
