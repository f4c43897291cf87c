package dev.freshet;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.FieldSelector;
import dev.freshet.store.Cut;
import dev.freshet.store.Position;
import dev.freshet.store.Snapshot;
import dev.freshet.store.StoredChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what happened in a cache into what one handler is told: narrowed to what it asked for, so
 * that an object which begins to match is added and one that ceases to is deleted. For one thread.
 */
final class Changes<T> {

  private final Cluster cluster;
  private final Cache cache;
  private final Scope scope;
  private final Query query;
  private final FieldSelector fields;
  private final Model<T> model;

  /** How far each history has been told. */
  private final Map<Optional<String>, Position> told = new HashMap<>();

  Changes(Cluster cluster, Cache cache, Scope scope, Query query, Model<T> model) {
    this.cluster = cluster;
    this.cache = cache;
    this.scope = scope;
    this.query = query;
    this.fields = cache.toFilter(query);
    this.model = model;
  }

  /** The objects of a snapshot that may match, in list order: all but the fields hold. */
  List<StoredObject> candidates(Snapshot held) {
    return new Cut(List.of(held)).select(scope.namespaces(), query.labels(), object -> true);
  }

  /** What the handler is told of one that was there when it began. */
  Optional<Change<T>> initial(StoredObject object, Snapshot held) {
    if (!CachedFields.matches(cache.declared(), fields, object)) {
      return Optional.empty();
    }
    Position at = new Position(held.frontier(), held.epoch());
    return Optional.of(new Change.Added<>(row(object), true, occurrence(object.key(), at, 1)));
  }

  /** What the handler is told of a change; empty if it is none of its matters. */
  Optional<Change<T>> of(StoredChange change, int standsFor) {
    return switch (change) {
      case StoredChange.Added(StoredObject now, Position at) ->
          matches(now) ? Optional.of(added(now, at, standsFor)) : Optional.empty();
      case StoredChange.Updated(StoredObject before, StoredObject now, Position at) ->
          updated(before, now, at, standsFor);
      case StoredChange.Deleted(
              StoredObject before,
              StoredObject last,
              boolean finalStateUnknown,
              Position at) ->
          matches(before)
              ? Optional.of(deleted(last, finalStateUnknown, at, standsFor))
              : Optional.empty();
    };
  }

  private Optional<Change<T>> updated(
      StoredObject before, StoredObject now, Position at, int standsFor) {
    boolean matches = matches(now);
    if (!matches(before)) {
      return matches ? Optional.of(added(now, at, standsFor)) : Optional.empty();
    }
    return Optional.of(
        matches
            ? new Change.Updated<>(row(before), row(now), occurrence(now.key(), at, standsFor))
            : deleted(before, false, at, standsFor));
  }

  private Change<T> added(StoredObject now, Position at, int standsFor) {
    return new Change.Added<>(row(now), false, occurrence(now.key(), at, standsFor));
  }

  private Change<T> deleted(
      StoredObject last, boolean finalStateUnknown, Position at, int standsFor) {
    return new Change.Deleted<>(
        row(last), finalStateUnknown, occurrence(last.key(), at, standsFor));
  }

  private boolean matches(StoredObject object) {
    return isHere(object.key())
        && query.labels().matches(object.labels())
        && CachedFields.matches(cache.declared(), fields, object);
  }

  private boolean isHere(ObjectKey key) {
    return scope.namespaces().isAll() || scope.namespaces().names().contains(key.namespace());
  }

  private Row<T> row(StoredObject object) {
    return new Row<>(object, model);
  }

  private Occurrence occurrence(ObjectKey key, Position at, int standsFor) {
    Optional<String> history =
        cache.declared().namespaces().isAll() ? Optional.empty() : Optional.of(key.namespace());
    Position reached = told.merge(history, at, Changes::later);
    return new Occurrence(
        cluster, scope.type(), history, reached.version(), reached.epoch(), standsFor);
  }

  /** A conflated change is told before others that happened before it. */
  private static Position later(Position one, Position other) {
    if (one.epoch() != other.epoch()) {
      return one.epoch() > other.epoch() ? one : other;
    }
    ResourceVersion version = other.version();
    boolean isOlder =
        version.isComparable() && one.version().isComparable() && !version.isAtLeast(one.version());
    return isOlder ? one : other;
  }
}
