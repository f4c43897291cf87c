package dev.freshet;

import java.util.List;
import java.util.OptionalInt;

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

  /**
   * One way that gives the level.
   *
   * @param requests how many requests it sends to the API server
   * @param scanned how many objects are looked at, here or at the server; empty if not known
   */
  public record Candidate(Route route, int requests, OptionalInt scanned) {}

  @Override
  public String toString() {
    return "asked=" + asked + " route=" + route + " why=\"" + why + "\"";
  }
}
