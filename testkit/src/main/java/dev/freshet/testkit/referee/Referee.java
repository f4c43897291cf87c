package dev.freshet.testkit.referee;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdLog;
import dev.freshet.testkit.workload.Workload;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Writes down everything that etcd commits under some prefixes, by a watch of its own.
 *
 * <p>Open it before the test begins. It needs a control plane with {@link
 * dev.freshet.testkit.controlplane.ControlPlaneOptions#readableStorage()}. It survives etcd being
 * stopped, killed and started again; a restore has to be announced through {@link #across}. How far
 * the watch has come is proven by a marker: a key of the referee's own beside the kinds, which no
 * API server reads, and whose event comes after all events before it. Thread-safe.
 */
public final class Referee implements AutoCloseable {
  private static final Duration CATCH_UP_WITHIN = Duration.ofSeconds(60);
  private static final String MARKER = WatchedPrefix.ROOT + "freshet.dev-referee/";

  private final EtcdGateway etcd;
  private final List<WatchedPrefix> prefixes;
  private final String tagAnnotation;
  private final LongSupplier clock;
  private final String marker = MARKER + UUID.randomUUID();

  private final ReentrantLock lock = new ReentrantLock();
  private final List<EtcdEpoch> ended = new ArrayList<>();
  private Ledger ledger;
  private Follower follower;

  private Referee(
      URI etcd, List<WatchedPrefix> prefixes, String tagAnnotation, LongSupplier clock) {
    this.etcd = new EtcdGateway(etcd);
    this.prefixes = List.copyOf(prefixes);
    this.tagAnnotation = tagAnnotation;
    this.clock = clock;
    this.ledger = begin();
    this.follower = Follower.start(this.etcd, ledger);
  }

  /**
   * Watches kinds by the prefixes of their keys, such as {@code /registry/pods/}; tags are the
   * values of the annotation {@link Workload#TAG}, times those of {@link System#nanoTime()}.
   */
  public static Referee watch(ControlPlane plane, String... prefixes) {
    return watch(
        plane.etcd().uri(),
        Arrays.stream(prefixes).map(WatchedPrefix::of).toList(),
        Workload.TAG,
        System::nanoTime);
  }

  /** Watches kinds in an etcd that speaks plain HTTP, with tags and times of the test's own. */
  public static Referee watch(
      URI etcd, List<WatchedPrefix> prefixes, String tagAnnotation, LongSupplier nanoClock) {
    return new Referee(etcd, prefixes, tagAnnotation, nanoClock);
  }

  /**
   * Everything committed until now, compared with what etcd holds.
   *
   * @throws RefereeException when the two differ, when history was compacted away, or when the
   *     watch cannot catch up within 60 s
   */
  public EtcdLog log() {
    lock.lock();
    try {
      var epochs = new ArrayList<>(ended);
      epochs.add(upToNow(EtcdEpoch.NEVER));
      return new EtcdLog(epochs);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the epoch, lets {@code restore} bring back an older state of etcd, and begins the next
   * epoch when it returns. etcd must run before and after. The API servers must have been ended by
   * then, and are best started only afterwards: an answer of the new epoch from before the referee
   * has looked at it cannot be judged, and a server that was not ended goes on to answer from the
   * ended epoch.
   *
   * @throws RefereeException as {@link #log()}
   */
  public void across(Runnable restore) {
    lock.lock();
    try {
      ended.add(upToNow(clock.getAsLong()));
      follower.close();
      restore.run();
      ledger = begin();
      follower = Follower.start(etcd, ledger);
    } finally {
      lock.unlock();
    }
  }

  private EtcdEpoch upToNow(long endedNanos) {
    try {
      long now = etcd.put(marker, "");
      if (!ledger.awaitReached(now, CATCH_UP_WITHIN)) {
        throw new RefereeException(
            "The referee's watch has not come to revision %d within %d s. Does etcd run?"
                .formatted(now, CATCH_UP_WITHIN.toSeconds()));
      }
      EtcdEpoch epoch = ledger.epoch(now, endedNanos);
      for (WatchedPrefix prefix : prefixes) {
        compare(epoch, prefix);
      }
      return epoch;
    } catch (IOException e) {
      throw new RefereeException("etcd does not answer the referee: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefereeException("Interrupted while the referee caught up.", e);
    }
  }

  private void compare(EtcdEpoch epoch, WatchedPrefix prefix) throws IOException {
    var held = new TreeMap<String, Long>();
    etcd.range(prefix.prefix(), epoch.lastRv(), true)
        .entries()
        .forEach(entry -> held.put(entry.key(), entry.modRevision()));
    Map<String, Long> folded = Ledger.fold(epoch, prefix);
    if (!held.equals(folded)) {
      throw new RefereeException(
          "What the referee saw does not add up to what etcd holds at revision %d under %s: %s"
              .formatted(epoch.lastRv(), prefix.prefix(), difference(held, folded)));
    }
  }

  private static String difference(Map<String, Long> held, Map<String, Long> folded) {
    var keys = new TreeMap<>(held);
    keys.putAll(folded);
    Optional<String> first =
        keys.keySet().stream()
            .filter(
                key ->
                    !Optional.ofNullable(held.get(key))
                        .equals(Optional.ofNullable(folded.get(key))))
            .findFirst();
    return first
        .map(key -> key + " is held at " + held.get(key) + " and was seen at " + folded.get(key))
        .orElse("no key differs");
  }

  private Ledger begin() {
    try {
      var fresh = new ArrayList<EtcdGateway.Range>();
      long rv = 0;
      for (WatchedPrefix prefix : prefixes) {
        EtcdGateway.Range range = etcd.range(prefix.prefix(), rv, false);
        rv = range.revision();
        fresh.add(range);
      }
      // Read last: what is called an epoch's time must lie within it.
      var begun = new Ledger(prefixes, tagAnnotation, clock, rv, clock.getAsLong());
      for (int i = 0; i < fresh.size(); i++) {
        begun.base(prefixes.get(i), fresh.get(i).entries());
      }
      return begun;
    } catch (IOException e) {
      throw new RefereeException("etcd does not answer the referee: " + e.getMessage(), e);
    }
  }

  /** Ends the watch and removes the marker, if etcd still answers. */
  @Override
  public void close() {
    lock.lock();
    try {
      follower.close();
      etcd.delete(marker);
    } catch (IOException etcdIsGone) {
      // Then its data, marker included, are of no more use to anybody.
    } finally {
      lock.unlock();
      etcd.close();
    }
  }
}
