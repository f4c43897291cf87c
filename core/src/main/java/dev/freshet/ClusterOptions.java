package dev.freshet;

import dev.freshet.load.LoadOptions;
import dev.freshet.object.ResourceType;
import dev.freshet.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a {@link Cluster} needs to know at the start. Immutable.
 *
 * @param caches the kinds to keep caches of
 * @param sharingEtcd kinds that the cluster keeps in one etcd, so that their versions compare
 * @param caller the name that requests go out under, unless {@link Reads#as} says otherwise
 * @param readWithin how long a read may take before it fails
 * @param time clocks; tests inject their own
 * @param random the chance in back-off
 * @param address what tells this cluster from others where the UID of its namespace {@code
 *     kube-system} may not be read, such as a hash of the server's address and authority
 * @param load what may be asked of the API server
 * @param observers are told of every read as it ends
 * @param savingTo where caches are saved for the next start; empty for nowhere
 */
public record ClusterOptions(
    List<CacheDeclaration> caches,
    Set<ResourceType> sharingEtcd,
    String caller,
    Duration readWithin,
    TimeSource time,
    RandomGenerator random,
    String address,
    LoadOptions load,
    List<ReadObserver> observers,
    Optional<Path> savingTo) {

  /** How long a read may take unless said otherwise. */
  public static final Duration DEFAULT_READ_WITHIN = Duration.ofSeconds(60);

  public ClusterOptions {
    caches = List.copyOf(caches);
    sharingEtcd = Set.copyOf(sharingEtcd);
    observers = List.copyOf(observers);
    if (readWithin.isNegative() || readWithin.isZero()) {
      throw new IllegalArgumentException("readWithin must be positive, not " + readWithin);
    }
  }

  /** No caches, the caller {@code default}, the clocks of this machine. */
  public static ClusterOptions defaults() {
    return new ClusterOptions(
        List.of(),
        Set.of(),
        "default",
        DEFAULT_READ_WITHIN,
        TimeSource.system(),
        // Safe for many threads, and there at once: RandomGenerator looks through all there are.
        new Random(),
        "",
        LoadOptions.defaults(),
        List.of(),
        Optional.empty());
  }

  public ClusterOptions cache(CacheDeclaration declaration) {
    List<CacheDeclaration> more = new ArrayList<>(caches);
    more.add(declaration);
    return new ClusterOptions(
        more, sharingEtcd, caller, readWithin, time, random, address, load, observers, savingTo);
  }

  /**
   * The cluster keeps these kinds in one etcd, as it does with all that it serves itself unless it
   * was started with {@code --etcd-servers-overrides}. {@link Cluster#snapshot} needs to know.
   */
  public ClusterOptions sharingEtcd(Collection<ResourceType> kinds) {
    return new ClusterOptions(
        caches,
        Set.copyOf(kinds),
        caller,
        readWithin,
        time,
        random,
        address,
        load,
        observers,
        savingTo);
  }

  public ClusterOptions caller(String name) {
    return new ClusterOptions(
        caches, sharingEtcd, name, readWithin, time, random, address, load, observers, savingTo);
  }

  public ClusterOptions readWithin(Duration longest) {
    return new ClusterOptions(
        caches, sharingEtcd, caller, longest, time, random, address, load, observers, savingTo);
  }

  public ClusterOptions time(TimeSource source) {
    return new ClusterOptions(
        caches,
        sharingEtcd,
        caller,
        readWithin,
        source,
        random,
        address,
        load,
        observers,
        savingTo);
  }

  public ClusterOptions random(RandomGenerator generator) {
    return new ClusterOptions(
        caches,
        sharingEtcd,
        caller,
        readWithin,
        time,
        generator,
        address,
        load,
        observers,
        savingTo);
  }

  public ClusterOptions address(String text) {
    return new ClusterOptions(
        caches, sharingEtcd, caller, readWithin, time, random, text, load, observers, savingTo);
  }

  public ClusterOptions load(LoadOptions budgets) {
    return new ClusterOptions(
        caches,
        sharingEtcd,
        caller,
        readWithin,
        time,
        random,
        address,
        budgets,
        observers,
        savingTo);
  }

  /** One more who is told of every read. */
  public ClusterOptions observer(ReadObserver observer) {
    List<ReadObserver> more = new ArrayList<>(observers);
    more.add(observer);
    return new ClusterOptions(
        caches, sharingEtcd, caller, readWithin, time, random, address, load, more, savingTo);
  }

  /**
   * Saves what caches hold into this directory, now and then and when the cluster is closed, and
   * begins with that at the next start: it is read and followed from there, without a list. What is
   * damaged, of another cluster, from the future, or too old for the API server is not used, and
   * the cache is listed.
   *
   * <p>One process at a time saves into a directory, which is made for its user alone; whoever can
   * read it can read the objects. Secrets are never saved, nor are kinds whose versions have no
   * order, nor anything where the UID of the namespace {@code kube-system} may not be read.
   *
   * @param directory one that nobody else may write into; made if it is not there
   */
  public ClusterOptions savingTo(Path directory) {
    return new ClusterOptions(
        caches,
        sharingEtcd,
        caller,
        readWithin,
        time,
        random,
        address,
        load,
        observers,
        Optional.of(directory));
  }
}
