package dev.freshet.webhook.reserve;

import dev.freshet.Row;
import dev.freshet.time.TimeSource;
import dev.freshet.webhook.reserve.Claim.Reservation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has reserved, and which of it the cache has shown since. Whoever is created and
 * deleted soon afterwards is in no view any more, and would keep its place until its reservation's
 * time is over. Thread-safe.
 */
final class Reserved<T extends HasMetadata> {

  /** Beyond this the oldest are left to their time. */
  static final int MAX_REMEMBERED = 20_000;

  private final Grouping<T> grouping;
  private final TimeSource time;

  /** Whether the cache has shown the object in its group. */
  private final Map<Reservation, Boolean> seen = new ConcurrentHashMap<>();

  /** The same by uid, since that is what the cache tells. */
  private final Map<String, Set<Reservation>> byUid = new ConcurrentHashMap<>();

  Reserved(Grouping<T> grouping, TimeSource time) {
    this.grouping = grouping;
    this.time = time;
  }

  /** A place was reserved. */
  void add(Reservation reservation) {
    if (seen.size() >= MAX_REMEMBERED) {
      long now = time.wallMillis();
      List.copyOf(seen.keySet()).stream()
          .filter(one -> one.untilMillis() < now)
          .forEach(this::ended);
    }
    if (seen.size() < MAX_REMEMBERED) {
      seen.put(reservation, false);
      byUid.merge(reservation.uid(), Set.of(reservation), Reserved::union);
    }
  }

  private static Set<Reservation> union(Set<Reservation> some, Set<Reservation> more) {
    Set<Reservation> union = new HashSet<>(some);
    union.addAll(more);
    return union;
  }

  /** The cache shows an object. */
  void shown(Row<T> row) {
    Set<Reservation> places = byUid.getOrDefault(row.uid(), Set.of());
    if (!places.isEmpty()) {
      Optional<String> group =
          grouping.groupOf(row.namespace(), row.object()).map(Constraint::hash);
      for (Reservation place : places) {
        if (group.equals(Optional.of(place.group()))) {
          seen.replace(place, true);
        }
      }
    }
  }

  /**
   * Whether the cache has shown the object in this group. Then its reservation has ended for every
   * view that is pinned afterwards.
   */
  boolean wasSeen(Reservation reservation) {
    return seen.getOrDefault(reservation, false);
  }

  /** A reservation that has ended need not be remembered. */
  void ended(Reservation reservation) {
    seen.remove(reservation);
    byUid.computeIfPresent(
        reservation.uid(),
        (uid, places) -> {
          Set<Reservation> rest = new HashSet<>(places);
          rest.remove(reservation);
          return rest.isEmpty() ? null : rest;
        });
  }
}
