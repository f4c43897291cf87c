package dev.freshet.cli;

import dev.freshet.object.ResourceVersion;
import dev.freshet.session.TokenFloors;
import dev.freshet.session.TokenText;
import java.util.Map;
import java.util.TreeMap;

/** Tokens that no server made. */
final class Tokens {

  private Tokens() {}

  /** That Pods of a namespace were seen at a version, which may be absurd. */
  static String ofPods(String cluster, String namespace, String version) {
    var floors = new TreeMap<>(Map.of(namespace, new ResourceVersion(version)));
    return TokenText.encode(new TokenFloors(cluster, new TreeMap<>(Map.of("pods", floors)), false));
  }
}
