package dev.freshet.trials.stage;

import dev.freshet.testkit.workload.Churn;
import dev.freshet.testkit.workload.ChurnObserver;
import dev.freshet.testkit.workload.ChurnOptions;
import dev.freshet.testkit.workload.ChurnSummary;
import dev.freshet.testkit.workload.Population;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.Optional;

/**
 * A churn, of {@value #WRITES_PER_SECOND} writes a second unless said otherwise, that can pause,
 * and goes on with the Pods it has. For one thread.
 */
public final class Writers implements AutoCloseable {
  /** The rate at which they write while the API server keeps up. */
  public static final int WRITES_PER_SECOND = 100;

  private static final Duration UNTIL_PAUSED = Duration.ofDays(1);

  private final Config config;
  private final Population population;
  private final ChurnObserver observer;
  private final int perSecond;
  private Optional<Churn> churn = Optional.empty();
  private long nextSeed;
  private long acknowledged;

  /**
   * @param config the API server to write to; not the one that is broken, so that history goes on
   * @param perSecond the rate while the API server keeps up
   * @param seed the first of the seeds, one for each resumption: tags stay unique
   */
  Writers(Config config, Population population, ChurnObserver observer, int perSecond, long seed) {
    this.config = config;
    this.population = population;
    this.observer = observer;
    this.perSecond = perSecond;
    this.nextSeed = seed;
  }

  /** Writes, or goes on to. */
  public void resume() {
    if (churn.isEmpty()) {
      var options = ChurnOptions.of(perSecond, UNTIL_PAUSED).seed(nextSeed++);
      churn = Optional.of(Churn.start(config, population, options, observer));
    }
  }

  /** Stops, and waits for the answers of the writes under way. */
  public void pause() {
    acknowledged += churn.map(Churn::stop).map(ChurnSummary::total).orElse(0L);
    churn = Optional.empty();
  }

  /** How many writes have been acknowledged in all. */
  public long acknowledged() {
    return acknowledged + churn.map(Churn::summary).map(ChurnSummary::total).orElse(0L);
  }

  @Override
  public void close() {
    pause();
  }
}
