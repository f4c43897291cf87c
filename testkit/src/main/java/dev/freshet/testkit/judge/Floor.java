package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a session or a token has done and seen: the highest version of each collection and
 * namespace, and the operation by which it was raised last. Namespaces are kept apart, since a
 * session that saw one is promised nothing of another; all namespaces together are one more.
 */
final class Floor {
  /** Where a version was seen; an empty namespace means all. */
  record Scope(String collection, String namespace) {}

  /** A version and who saw it. */
  record Height(long rv, Operation by) {}

  private final Map<Scope, Height> heights = new HashMap<>();

  void raise(Scope scope, long rv, Operation by) {
    heights.merge(scope, new Height(rv, by), (a, b) -> a.rv() >= b.rv() ? a : b);
  }

  void raise(Floor other) {
    other.heights.forEach((scope, height) -> raise(scope, height.rv(), height.by()));
  }

  /**
   * The first demand that an answer at {@code rv} for {@code scope} does not meet: a scope that
   * concerns it, with a height beyond {@code rv} and an event of that scope between.
   */
  Optional<Map.Entry<Scope, Height>> unmet(Scope asked, long rv, Timeline timeline) {
    return heights.entrySet().stream()
        .filter(entry -> concerns(entry.getKey(), asked))
        .filter(entry -> entry.getValue().rv() > rv)
        .filter(
            entry ->
                timeline
                    .firstBetween(rv, entry.getValue().rv(), narrower(entry.getKey(), asked))
                    .isPresent())
        .findFirst();
  }

  /** The namespace in which a missing event would count. */
  static String narrower(Scope known, Scope asked) {
    return known.namespace().isEmpty() ? asked.namespace() : known.namespace();
  }

  private static boolean concerns(Scope known, Scope asked) {
    return known.collection().equals(asked.collection())
        && (known.namespace().isEmpty()
            || asked.namespace().isEmpty()
            || known.namespace().equals(asked.namespace()));
  }

  Floor copy() {
    var copy = new Floor();
    copy.raise(this);
    return copy;
  }
}
