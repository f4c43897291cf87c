package dev.freshet.trials.fences;

import static dev.freshet.Consistency.strong;

import dev.freshet.Fence;
import dev.freshet.Plan;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.Route;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * In one situation: what the planner chooses and foresees, and what is measured, for a reader that
 * reads again at once, as webhooks do.
 */
final class Foresight {

  /** Reads by each route before it is asked, so that it has something to go by. */
  private static final int LEARNING = 12;

  private static final int MEASURED = 15;

  /** Beyond this nobody waits for a fence: it is given up and listed. */
  private static final Duration HOPELESS = Duration.ofSeconds(3);

  private final Reads<Pod> reads;
  private final Query query;

  Foresight(Reads<Pod> reads, Query query) {
    this.reads = reads;
    this.query = query;
  }

  /**
   * One way in one situation.
   *
   * @param chosen whether the planner takes it
   * @param measured the median; zero if nobody would wait for it
   */
  record Line(String situation, Route route, boolean chosen, Duration foreseen, Duration measured) {

    boolean isMeasured() {
      return !measured.isZero();
    }

    /** The larger of the two over the smaller. */
    double factor() {
      double ratio = (double) foreseen.toNanos() / measured.toNanos();
      return Math.max(ratio, 1 / ratio);
    }
  }

  /** Learns, asks, measures. */
  List<Line> in(String situation) {
    for (Fence fence : List.of(Fence.PROBE, Fence.BOOKMARK, Fence.TOUCH, Fence.DIRECT)) {
      for (int i = 0; i < LEARNING && isWorthwhile(fence); i++) {
        read(fence);
      }
    }
    Plan plan = reads.fence(Fence.AUTO).explain(query, strong());
    List<Line> lines = new ArrayList<>();
    for (Plan.Candidate way : plan.candidates()) {
      Duration foreseen = way.latency().orElseThrow();
      Duration measured =
          foreseen.compareTo(HOPELESS) < 0 ? measured(way.route()).median() : Duration.ZERO;
      lines.add(new Line(situation, way.route(), way.route() == plan.route(), foreseen, measured));
    }
    return lines;
  }

  /** A probe alone waits for an event of the kind, which may never come. */
  private boolean isWorthwhile(Fence fence) {
    return fence != Fence.PROBE || foreseen(Route.PROBE).compareTo(HOPELESS) < 0;
  }

  private Duration foreseen(Route route) {
    return reads.fence(Fence.AUTO).explain(query, strong()).candidates().stream()
        .filter(way -> way.route() == route)
        .findFirst()
        .flatMap(Plan.Candidate::latency)
        .orElse(HOPELESS);
  }

  private Times measured(Route route) {
    return Times.of(MEASURED, Duration.ZERO, () -> read(Fence.valueOf(route.name())));
  }

  private void read(Fence fence) {
    ReadList<Pod> answer = reads.fence(fence).list(query, strong());
    answer.rows().forEach(row -> {});
  }
}
