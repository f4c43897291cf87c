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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * In one situation: what the planner chooses and foresees, and what is measured, for a reader that
 * reads again at once, as webhooks do. The planner is asked before each read, since what a touch
 * takes depends on when the last one was.
 */
final class Foresight {

  /** Reads by each route before it is asked, so that it has something to go by. */
  private static final int LEARNING = 12;

  private static final int MEASURED = 15;

  /** Reads for which the planner chooses. */
  private static final int CHOICES = 40;

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
   * @param chosen how often the planner took it, of {@value #CHOICES} times
   * @param foreseen the median of what {@code explain} said before each read
   * @param measured the median; zero if nobody would wait for it
   */
  record Line(String situation, Route route, int chosen, Duration foreseen, Duration measured) {

    boolean isMeasured() {
      return !measured.isZero();
    }

    /** The larger of the two over the smaller. */
    double factor() {
      double ratio = (double) foreseen.toNanos() / measured.toNanos();
      return Math.max(ratio, 1 / ratio);
    }
  }

  /** Learns, lets the planner choose, and measures each route; the most chosen one comes first. */
  List<Line> in(String situation) {
    for (Fence fence : List.of(Fence.DIRECT, Fence.BOOKMARK, Fence.TOUCH, Fence.PROBE)) {
      for (int i = 0; i < LEARNING && isWorthwhile(fence); i++) {
        read(fence);
      }
    }
    Map<Route, Integer> choices = choices();
    List<Line> lines = new ArrayList<>();
    for (Route route : List.of(Route.PROBE, Route.BOOKMARK, Route.TOUCH, Route.DIRECT)) {
      lines.add(measured(situation, route, choices.getOrDefault(route, 0)));
    }
    lines.sort((one, other) -> Integer.compare(other.chosen(), one.chosen()));
    return lines;
  }

  /** A probe alone waits for an event of the kind, which may never come. */
  private boolean isWorthwhile(Fence fence) {
    return fence != Fence.PROBE || foreseen(Route.PROBE).compareTo(HOPELESS) < 0;
  }

  private Map<Route, Integer> choices() {
    Map<Route, Integer> choices = new EnumMap<>(Route.class);
    for (int i = 0; i < CHOICES; i++) {
      Plan plan = reads.fence(Fence.AUTO).explain(query, strong());
      choices.merge(plan.route(), 1, Integer::sum);
      read(Fence.AUTO);
    }
    return choices;
  }

  private Line measured(String situation, Route route, int chosen) {
    List<Duration> foreseen = new ArrayList<>();
    List<Duration> measured = new ArrayList<>();
    for (int i = 0; i < MEASURED; i++) {
      foreseen.add(foreseen(route));
      if (foreseen.getLast().compareTo(HOPELESS) < 0 || route == Route.DIRECT) {
        long start = System.nanoTime();
        read(Fence.valueOf(route.name()));
        measured.add(Duration.ofNanos(System.nanoTime() - start));
      }
    }
    boolean hopeless = measured.size() < MEASURED;
    return new Line(
        situation, route, chosen, median(foreseen), hopeless ? Duration.ZERO : median(measured));
  }

  private static Duration median(List<Duration> all) {
    return all.stream().sorted().toList().get(all.size() / 2);
  }

  private Duration foreseen(Route route) {
    return reads.fence(Fence.AUTO).explain(query, strong()).candidates().stream()
        .filter(way -> way.route() == route)
        .findFirst()
        .flatMap(Plan.Candidate::latency)
        .orElse(HOPELESS);
  }

  private void read(Fence fence) {
    ReadList<Pod> answer = reads.fence(fence).list(query, strong());
    answer.rows().forEach(row -> {});
  }
}
