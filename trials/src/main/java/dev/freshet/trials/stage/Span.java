package dev.freshet.trials.stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A time from one moment to a later one, such as that in which a server was at a request. */
public record Span(Instant from, Instant to) {

  private record Edge(Instant at, int step) {}

  /** How many of these there were at one moment, at most. */
  public static int mostAtOnce(Collection<Span> spans) {
    List<Edge> edges = new ArrayList<>();
    for (Span span : spans) {
      edges.add(new Edge(span.from, 1));
      edges.add(new Edge(span.to, -1));
    }
    // An end before a beginning at the same moment: times are in microseconds.
    edges.sort(Comparator.comparing(Edge::at).thenComparingInt(Edge::step));
    int now = 0;
    int most = 0;
    for (Edge edge : edges) {
      now += edge.step;
      most = Math.max(most, now);
    }
    return most;
  }
}
