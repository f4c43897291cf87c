package dev.freshet;

import dev.freshet.feed.Feed;
import dev.freshet.fence.StreamFence;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.FieldSelector;
import dev.freshet.store.Cut;
import dev.freshet.store.IndexFailure;
import dev.freshet.store.IndexKey;
import dev.freshet.store.Snapshot;
import dev.freshet.store.ValueIndex;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The cache of one kind: what was declared, and the streams that fill it, one for each declared
 * namespace or one for all. Thread-safe.
 */
final class Cache {

  private final CacheDeclaration declared;
  private final List<Feed> streams;
  private final List<StreamFence> fences;
  private final Map<Feed, Route> chosen = new ConcurrentHashMap<>();
  private final Subscriptions subscriptions = new Subscriptions();

  /**
   * @param streams in the order of their namespaces; not started yet
   * @param fences of the streams, in their order
   */
  Cache(CacheDeclaration declared, List<Feed> streams, List<StreamFence> fences, TimeSource time) {
    this.declared = declared;
    this.streams = List.copyOf(streams);
    this.fences = List.copyOf(fences);
    List<ValueIndex> indexes = new ArrayList<>();
    declared.indexes().forEach(index -> indexes.add(new IndexReader(declared.type(), index)));
    RecentSnapshots recent = declared.recent();
    for (Feed stream : streams) {
      stream.store().indexBy(indexes);
      stream.store().keepPast(recent.age(), recent.maxBytes(), time);
    }
  }

  CacheDeclaration declared() {
    return declared;
  }

  List<Feed> streams() {
    return streams;
  }

  /** The streams that hold something of these namespaces, which the cache must cover. */
  List<Feed> streams(Namespaces in) {
    if (declared.namespaces().isAll() || in.isAll()) {
      return streams;
    }
    return streams.stream()
        .filter(stream -> in.names().contains(stream.scope().namespace().orElseThrow()))
        .toList();
  }

  /** The fence of the only stream that holds something of these namespaces; empty with several. */
  Optional<StreamFence> fence(Namespaces in) {
    List<Feed> concerned = streams(in);
    return concerned.size() == 1 ? Optional.of(fenceOf(concerned.getFirst())) : Optional.empty();
  }

  /** Somebody reads these namespaces within a bound: their streams keep themselves so fresh. */
  void keepWithin(Duration behind, Scope scope) {
    streams(scope.namespaces())
        .forEach(stream -> fenceOf(stream).keepWithin(behind, scope.caller()));
  }

  /** A read of these namespaces found them older than it wanted. */
  void promoted(Namespaces in) {
    streams(in).forEach(stream -> fenceOf(stream).promoted());
  }

  /** Remembers the fence that a stream was read by, which another must clearly beat. */
  void choose(Namespaces in, Route fence) {
    streams(in).forEach(stream -> chosen.put(stream, fence));
  }

  /** The fence that the only stream of these namespaces was read by last. */
  Optional<Route> chosen(Namespaces in) {
    return Optional.ofNullable(chosen.get(streams(in).getFirst()));
  }

  StreamFence fenceOf(Feed stream) {
    return fences.get(streams.indexOf(stream));
  }

  void closeFences() {
    fences.forEach(StreamFence::close);
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Whether every object of the answer would be in here. */
  boolean covers(Scope scope, Query query) {
    return declared.namespaces().cover(scope.namespaces())
        && query.labels().requirements().containsAll(declared.selects().labels().requirements())
        && query.fields().terms().containsAll(declared.selects().fields().terms());
  }

  /** What a read must ask for at least to be answered from here, in words. */
  String holds() {
    StringBuilder holds = new StringBuilder("only ").append(declared.namespaces());
    Query selects = declared.selects();
    if (!selects.labels().requirements().isEmpty()) {
      holds.append(", labels ").append(selects.labels());
    }
    if (!selects.fields().terms().isEmpty()) {
      holds.append(", fields ").append(selects.fields());
    }
    return holds.toString();
  }

  /** The conditions of a query that the cache does not meet by itself. */
  FieldSelector toFilter(Query query) {
    return query.fields().without(declared.selects().fields());
  }

  /** What a query asks of the declared indexes, in its fields too. */
  List<IndexKey> indexed(Query query) {
    List<IndexKey> keys = new ArrayList<>();
    query.indexed().forEach(term -> keys.add(new IndexKey(term.index(), term.value())));
    for (FieldSelector.Term term : toFilter(query).terms()) {
      if (!term.negated() && declared.fieldIndex(term.path()).isPresent()) {
        keys.add(new IndexKey(term.path(), term.value()));
      }
    }
    return keys;
  }

  /** The index that a query asks for and that is not declared, if there is one. */
  Optional<String> undeclaredIndex(Query query) {
    return query.indexed().stream()
        .map(Query.IndexTerm::index)
        .filter(name -> declared.indexes().stream().noneMatch(index -> index.name().equals(name)))
        .findFirst();
  }

  /** The indexes of one stream and how they do, in words. */
  String indexHealth(Feed stream) {
    if (declared.indexes().isEmpty()) {
      return "none";
    }
    Optional<Snapshot> held = stream.store().snapshot();
    return declared.indexes().stream()
        .map(CacheIndex::name)
        .map(
            name ->
                held.flatMap(snapshot -> snapshot.indexFailure(name))
                    .map(IndexFailure::toString)
                    .orElse(name))
        .collect(Collectors.joining("; "));
  }

  /** What the streams of these namespaces hold now; empty while one has no complete list. */
  Optional<Cut> cut(Namespaces in) {
    List<Snapshot> parts = new ArrayList<>();
    for (Feed stream : streams(in)) {
      Optional<Snapshot> part = stream.store().snapshot();
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(new Cut(parts));
  }

  /** How old a cut of these namespaces can be at most; empty when not known of every part. */
  Optional<Duration> behindAtMost(Namespaces in, Cut cut, TimeSource time) {
    List<Feed> sources = streams(in);
    Duration most = Duration.ZERO;
    for (int i = 0; i < sources.size(); i++) {
      Optional<Moment> proven = sources.get(i).dating().provenAt(cut.parts().get(i).frontier());
      if (proven.isEmpty()) {
        return Optional.empty();
      }
      Duration behind = time.since(proven.get());
      most = behind.compareTo(most) > 0 ? behind : most;
    }
    return Optional.of(most);
  }

  /** What contradicts the history that these streams follow; empty if nothing does. */
  String alarm(Namespaces in) {
    for (Feed stream : streams(in)) {
      String alarm = stream.alarm();
      if (!alarm.isEmpty()) {
        return alarm;
      }
    }
    return "";
  }

  /**
   * The server answered consistently: that dates every stream that has come so far, and a version
   * below what a stream held when the server was asked contradicts its history.
   */
  void observe(ResourceVersion version, Moment asked, List<Optional<Snapshot>> then) {
    for (int i = 0; i < streams.size(); i++) {
      streams.get(i).observe(version, asked, then.get(i).orElse(null));
    }
  }

  /**
   * Somebody wrote an object: a version below what its stream held before contradicts the stream's
   * history, unless the write changed nothing and the version is that of the object as held.
   *
   * @param isNew whether the write made the version
   */
  void observeWrite(
      ObjectKey key, ResourceVersion version, boolean isNew, List<Optional<Snapshot>> then) {
    for (int i = 0; i < streams.size(); i++) {
      Optional<String> namespace = streams.get(i).scope().namespace();
      Optional<Snapshot> before = then.get(i);
      if (before.isPresent() && namespace.map(key.namespace()::equals).orElse(true)) {
        Optional<StoredObject> held = before.get().get(key);
        boolean changed = held.isPresent() && !held.get().resourceVersion().equals(version);
        if (isNew || changed) {
          streams.get(i).observeWrite(version, before.get());
        }
      }
    }
  }

  /** What each stream holds now, in order; to be given to {@link #observe} later. */
  List<Optional<Snapshot>> snapshots() {
    return streams.stream().map(stream -> stream.store().snapshot()).toList();
  }
}
