package dev.freshet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a read would do.
 *
 * @param asked the level
 * @param route the way it would take
 * @param why one line: why that one
 * @param candidates every way that gives the level, the chosen one first
 */
public record Plan(Consistency asked, Route route, String why, List<Candidate> candidates) {

  public Plan {
    candidates = List.copyOf(candidates);
  }

  /** Another way for the same, since this one did not do. */
  Plan instead(Route other, String because) {
    return new Plan(asked, other, because, candidates);
  }

  /** The best of the other ways, where the server is not to be asked for the answer itself. */
  Plan withoutServer() {
    return candidates.stream()
        .filter(way -> way.route() != Route.DIRECT)
        .findFirst()
        .map(way -> instead(way.route(), why))
        .orElse(this);
  }

  /**
   * One way that gives the level.
   *
   * @param requests how many requests it sends to the API server
   * @param scanned how many objects are looked at, here or at the server; empty if not known
   * @param latency how long it would take, from what was measured; empty if not known
   * @param bytes how many bytes would come from the server, about; empty if not known
   */
  public record Candidate(
      Route route,
      int requests,
      OptionalInt scanned,
      Optional<Duration> latency,
      OptionalLong bytes) {

    /** A way without a request. */
    static Candidate here(Route route, OptionalInt scanned) {
      return new Candidate(route, 0, scanned, Optional.of(Duration.ZERO), OptionalLong.of(0));
    }
  }

  @Override
  public String toString() {
    return "asked=" + asked + " route=" + route + " why=\"" + why + "\"";
  }
}
