package dev.freshet;

import dev.freshet.error.CacheNotSyncedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.feed.Feed;
import dev.freshet.fence.StreamFence;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds one version at which the caches of several kinds all hold the state. Any version does that
 * every stream has reached and of which each still has the state; a strong one is at or above what
 * a probe of the shared etcd gave after the call began. For one thread, once.
 */
final class SnapshotCall {

  private final Cluster cluster;
  private final Consistency level;
  private final Set<ResourceType> types;
  private final String caller;
  private final Deadline deadline;

  SnapshotCall(
      Cluster cluster,
      Consistency level,
      List<ResourceType> types,
      String caller,
      Duration within) {
    this.cluster = cluster;
    this.level = level;
    this.types = new LinkedHashSet<>(types);
    this.caller = caller;
    this.deadline = Deadline.in(within, cluster.time());
    if (types.isEmpty()) {
      throw new IllegalArgumentException("a snapshot needs at least one kind");
    }
    types.forEach(this::requirePossible);
  }

  private void requirePossible(ResourceType type) {
    if (!cluster.sharingEtcd().contains(type)) {
      throw new UnsupportedReadException(
          type + " are not declared to share an etcd with other kinds",
          "Declare them with sharingEtcd(…) if the cluster keeps them in one.");
    }
    if (type.sharesVersions()) {
      throw new UnsupportedReadException(
          "many " + type + " may have one version, so their state at one is not known",
          "Read them by themselves.");
    }
    Cache cache =
        cluster
            .cache(type)
            .orElseThrow(
                () ->
                    new UnsupportedReadException(
                        "no cache of " + type + " is declared", "Declare one when connecting."));
    if (cache.fence(Namespaces.all()).isEmpty()) {
      throw new UnsupportedReadException(
          "the cache of " + type + " has several streams, which have no moment in common",
          "Declare it for all namespaces or for one.");
    }
  }

  ClusterSnapshot take() {
    cluster.requireOpen();
    Optional<ResourceVersion> least =
        switch (level) {
          case Consistency.Cached cached -> Optional.empty();
          case Consistency.Strong strong -> Optional.of(probed());
          case Consistency.Within within -> throw unsupported();
          case Consistency.Exactly exactly -> throw unsupported();
          case Consistency.ReadYourWrites own -> throw unsupported();
          case Consistency.AtLeast token -> throw unsupported();
        };
    while (true) {
      Map<ResourceType, Snapshot> now = new HashMap<>();
      types.forEach(type -> now.put(type, least.map(at -> reached(type, at)).orElse(held(type))));
      Optional<ClusterSnapshot> found = common(least, now);
      if (found.isPresent()) {
        return found.get();
      }
      awaitNext(now);
    }
  }

  private UnsupportedReadException unsupported() {
    return new UnsupportedReadException(
        "a snapshot of several kinds cannot be taken " + level, "Use cached() or strong().");
  }

  private ResourceVersion probed() {
    return fence(types.iterator().next()).probed(caller, deadline).version();
  }

  private Snapshot held(ResourceType type) {
    return feed(type)
        .store()
        .snapshot()
        .filter(snapshot -> snapshot.frontier().isComparable())
        .orElseThrow(
            () ->
                new CacheNotSyncedException(
                    "the cache of " + type + " has no complete list yet",
                    "Call awaitSynced() first."));
  }

  private Snapshot reached(ResourceType type, ResourceVersion version) {
    return fence(type).reach(version, caller, deadline);
  }

  /** The state of all at one version: the least that is wanted, or the least that all have. */
  private Optional<ClusterSnapshot> common(
      Optional<ResourceVersion> least, Map<ResourceType, Snapshot> now) {
    List<ResourceVersion> candidates = new ArrayList<>();
    least.ifPresent(candidates::add);
    now.values().stream()
        .map(Snapshot::frontier)
        .min(ResourceVersion::compareTo)
        .ifPresent(candidates::add);
    for (ResourceVersion version : candidates) {
      Map<ResourceType, Snapshot> parts = new HashMap<>();
      types.forEach(
          type -> feed(type).store().at(version).ifPresent(part -> parts.put(type, part)));
      if (parts.size() == types.size()) {
        return Optional.of(new ClusterSnapshot(cluster, caller, level, version, parts));
      }
    }
    return Optional.empty();
  }

  /** A batch stood across every version tried, or the past was given up: waits for what follows. */
  private void awaitNext(Map<ResourceType, Snapshot> now) {
    ResourceType behind = null;
    for (ResourceType type : types) {
      if (behind == null
          || snapshotOf(now, type).frontier().isBelow(snapshotOf(now, behind).frontier())) {
        behind = type;
      }
    }
    ResourceType slowest = Objects.requireNonNull(behind);
    ResourceVersion before = snapshotOf(now, slowest).frontier();
    ResourceVersion most =
        now.values().stream().map(Snapshot::frontier).max(ResourceVersion::compareTo).orElseThrow();
    if (before.equals(most)) {
      throw new UnsupportedReadException(
          "a cache of the snapshot keeps no past, not even the present by version",
          "Declare what is kept with recent(…).");
    }
    if (deadline.remaining().isZero()) {
      throw new DeadlineException(
          "a version that the caches of " + types + " have in common",
          deadline.elapsed(),
          "Allow more time, or keep more of the past with recent(…).");
    }
    reached(slowest, most);
  }

  private static Snapshot snapshotOf(Map<ResourceType, Snapshot> now, ResourceType type) {
    return Objects.requireNonNull(now.get(type));
  }

  private Feed feed(ResourceType type) {
    return cluster.cache(type).orElseThrow().streams().getFirst();
  }

  private StreamFence fence(ResourceType type) {
    return cluster.cache(type).orElseThrow().fenceOf(feed(type));
  }
}
