package dev.freshet;

import dev.freshet.object.ResourceVersion;
import dev.freshet.session.Floor;
import dev.freshet.store.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the caches of one collection held at one moment: it tells which history a version belongs to
 * that was made or seen afterwards. Immutable.
 *
 * @param then by cache, the snapshots of its streams
 */
record Epochs(Map<Cache, List<Optional<Snapshot>>> then) {

  /** As it is now. */
  static Epochs now(Cluster cluster, String collection) {
    return new Epochs(
        cluster.caches(collection).stream()
            .collect(Collectors.toMap(Function.identity(), Cache::snapshots)));
  }

  /** A floor at a version seen since. */
  Floor floor(String namespace, ResourceVersion version) {
    return Floor.at(version, of(namespace, version));
  }

  /**
   * The epoch of a version seen since.
   *
   * @param namespace where; empty for all
   * @return {@link Floor#UNKNOWN_EPOCH} unless one stream follows exactly there, and the version
   *     continues its history
   */
  private int of(String namespace, ResourceVersion version) {
    if (then.size() != 1) {
      return Floor.UNKNOWN_EPOCH;
    }
    var only = then.entrySet().iterator().next();
    Cache cache = only.getKey();
    List<Optional<Snapshot>> held = only.getValue();
    for (int i = 0; i < held.size(); i++) {
      Optional<String> stream = cache.streams().get(i).scope().namespace();
      if (stream.isEmpty() || stream.get().equals(namespace)) {
        return held.get(i)
            .filter(snapshot -> snapshot.frontier().isComparable())
            .filter(snapshot -> version.isAtLeast(snapshot.frontier()))
            .map(Snapshot::epoch)
            .orElse(Floor.UNKNOWN_EPOCH);
      }
    }
    return Floor.UNKNOWN_EPOCH;
  }
}
