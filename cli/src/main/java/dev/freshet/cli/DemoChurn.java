package dev.freshet.cli;

import dev.freshet.cli.measure.LoggedWrite;
import dev.freshet.cli.measure.LoggedWrite.After;
import dev.freshet.cli.measure.WriteLog;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.testkit.workload.Churn;
import dev.freshet.testkit.workload.ChurnObserver;
import dev.freshet.testkit.workload.ChurnOptions;
import dev.freshet.testkit.workload.ChurnSummary;
import dev.freshet.testkit.workload.PodKey;
import dev.freshet.testkit.workload.Population;
import dev.freshet.testkit.workload.WriteKind;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The demo's writes: half to Ray workers, each one logged; or none at all. */
final class DemoChurn implements AutoCloseable {

  /** Longer than any demo; it is stopped when the reads are done. */
  private static final Duration UNTIL_STOPPED = Duration.ofDays(1);

  private final double wanted;
  private final @Nullable Churn churn;
  private Optional<ChurnSummary> summary = Optional.empty();

  private DemoChurn(double wanted, @Nullable Churn churn) {
    this.wanted = wanted;
    this.churn = churn;
  }

  static DemoChurn start(Config user, Population population, double perSecond, WriteLog log) {
    return new DemoChurn(
        perSecond,
        perSecond == 0
            ? null
            : Churn.start(
                user,
                population,
                ChurnOptions.of(perSecond, UNTIL_STOPPED),
                new LoggingObserver(log)));
  }

  /** Ends it; all its writes are logged then. */
  void stop() {
    if (churn != null) {
      summary = Optional.of(churn.stop());
    }
  }

  /** One line on how much it wrote. */
  String rate() {
    return summary
        .map(
            done ->
                String.format(
                    Locale.ROOT,
                    "%,d acknowledged, %.1f a second of %s wanted; half to matching Pods",
                    done.total(),
                    done.perSecond(),
                    wanted == Math.rint(wanted) ? Long.toString((long) wanted) : wanted))
        .orElse("none");
  }

  /** One line on what it wrote. */
  String kinds() {
    return summary
        .map(
            done ->
                Stream.of(WriteKind.values())
                    .map(kind -> done.acknowledged().getOrDefault(kind, 0L) + " " + word(kind))
                    .collect(Collectors.joining(", ")))
        .orElse("");
  }

  private static String word(WriteKind kind) {
    return switch (kind) {
      case CREATE -> "creates";
      case STATUS -> "statuses";
      case LABEL -> "labels";
      case DELETE -> "deletes";
    };
  }

  @Override
  public void close() {
    if (churn != null) {
      churn.close();
    }
  }

  /** Turns reports of the churn into what the query sees of them. */
  private static final class LoggingObserver implements ChurnObserver {
    private final WriteLog log;

    LoggingObserver(WriteLog log) {
      this.log = log;
    }

    @Override
    public void acknowledged(Acknowledged write) {
      log.acknowledged(
          new LoggedWrite(
              key(write.key()),
              new ResourceVersion(write.resourceVersion()),
              after(write),
              // The churn never makes a worker of a Pod that is none, nor the other way round.
              write.worker() && write.kind() != WriteKind.CREATE,
              write.sentNanos(),
              write.acknowledgedNanos()));
    }

    private static After after(Acknowledged write) {
      if (write.kind() == WriteKind.DELETE) {
        return After.GONE;
      }
      return write.worker() ? After.MATCHES : After.DOES_NOT_MATCH;
    }

    @Override
    public void failed(Failed write) {
      if (!write.outcomeKnown()) {
        log.unknown(key(write.key()), write.sentNanos());
      }
    }

    private static ObjectKey key(PodKey key) {
      return new ObjectKey(key.namespace(), key.name());
    }
  }
}
