package dev.freshet.examples.mixedreads;

import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.fabric8.FreshetOptions;
import dev.freshet.load.Budget;
import dev.freshet.load.LoadOptions;
import dev.freshet.load.Priority;
import dev.freshet.meter.ClusterMeters;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of the cluster, and those who read by it: the controller and the dashboard. */
final class MixedReads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MixedReads.class);

  private static final Duration SYNCED_WITHIN = Duration.ofMinutes(1);
  private static final Duration LOOKS_EVERY = Duration.ofMillis(500);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Freshet freshet;
  private final Promoter promoter;
  private final Pages pages;

  /**
   * Connects and serves; {@link #run} looks after the shards.
   *
   * @param namespace whose Pods it looks after
   * @param port of its pages, 0 for any that is free
   * @param connection how to connect, if not as kubectl would
   */
  MixedReads(String namespace, int port, Consumer<FreshetOptions> connection) throws IOException {
    var meters = new ClusterMeters(registry);
    freshet =
        Freshet.connect(
            options -> {
              connection.accept(options);
              options
                  .caller("caches")
                  .cache(Pod.class, pods -> pods.inNamespace(namespace))
                  .load(MixedReads::budgets)
                  .observer(meters);
            });
    meters.watch(freshet.load(), freshet::health);
    promoter = new Promoter(freshet, namespace);
    var dashboard = new Dashboard(freshet, namespace);
    pages = new Pages(port, Map.of("/", dashboard::text, "/metrics", registry::scrape));
  }

  /** Whoever must not wait goes first, and whoever could do harm by a mistake is bounded. */
  private static LoadOptions budgets(LoadOptions load) {
    return load.client(Budget.unlimited().requestsPerSecond(50).concurrent(16))
        .caller(Dashboard.CALLER, Budget.unlimited().requestsPerSecond(2))
        .priority(Promoter.CHECK, Priority.CRITICAL)
        .priority(Dashboard.CALLER, Priority.LOW);
  }

  /** Looks after the shards until the thread is interrupted. */
  void run() {
    freshet.awaitSynced(SYNCED_WITHIN);
    try {
      while (true) {
        try {
          promoter.look();
        } catch (FreshetException | KubernetesClientException e) {
          LOG.warn("the next look may do better", e);
        }
        Thread.sleep(LOOKS_EVERY);
      }
    } catch (InterruptedException ended) {
      LOG.info("ends");
    }
  }

  Freshet freshet() {
    return freshet;
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  Promoter promoter() {
    return promoter;
  }

  /** Where its pages are. */
  int port() {
    return pages.port();
  }

  /** Its reads first: whoever waits for one is told at once, so that no page is waited for. */
  @Override
  public void close() {
    freshet.close();
    pages.close();
  }
}
