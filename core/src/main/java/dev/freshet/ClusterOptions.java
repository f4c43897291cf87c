package dev.freshet;

import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a {@link Cluster} needs to know at the start. Immutable.
 *
 * @param caches the kinds to keep caches of
 * @param caller the name that requests go out under, unless {@link Reads#as} says otherwise
 * @param readWithin how long a read may take before it fails
 * @param time clocks; tests inject their own
 * @param random the chance in back-off
 * @param address what tells this cluster from others where the UID of its namespace {@code
 *     kube-system} may not be read, such as a hash of the server's address and authority
 */
public record ClusterOptions(
    List<CacheDeclaration> caches,
    String caller,
    Duration readWithin,
    TimeSource time,
    RandomGenerator random,
    String address) {

  /** How long a read may take unless said otherwise. */
  public static final Duration DEFAULT_READ_WITHIN = Duration.ofSeconds(60);

  public ClusterOptions {
    caches = List.copyOf(caches);
    if (readWithin.isNegative() || readWithin.isZero()) {
      throw new IllegalArgumentException("readWithin must be positive, not " + readWithin);
    }
  }

  /** No caches, the caller {@code default}, the clocks of this machine. */
  public static ClusterOptions defaults() {
    return new ClusterOptions(
        List.of(),
        "default",
        DEFAULT_READ_WITHIN,
        TimeSource.system(),
        RandomGenerator.getDefault(),
        "");
  }

  public ClusterOptions cache(CacheDeclaration declaration) {
    List<CacheDeclaration> more = new ArrayList<>(caches);
    more.add(declaration);
    return new ClusterOptions(more, caller, readWithin, time, random, address);
  }

  public ClusterOptions caller(String name) {
    return new ClusterOptions(caches, name, readWithin, time, random, address);
  }

  public ClusterOptions readWithin(Duration longest) {
    return new ClusterOptions(caches, caller, longest, time, random, address);
  }

  public ClusterOptions time(TimeSource source) {
    return new ClusterOptions(caches, caller, readWithin, source, random, address);
  }

  public ClusterOptions random(RandomGenerator generator) {
    return new ClusterOptions(caches, caller, readWithin, time, generator, address);
  }

  public ClusterOptions address(String text) {
    return new ClusterOptions(caches, caller, readWithin, time, random, text);
  }
}
