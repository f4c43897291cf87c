package dev.freshet;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceVersion;
import dev.freshet.selector.FieldSelector;
import dev.freshet.session.Floors;
import dev.freshet.session.TokenFloors;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads of one kind. Every read names its {@link Consistency} and says in its answer what it got.
 *
 * <p>Immutable and thread-safe; the narrowing methods give a new one. A read blocks the calling
 * thread, {@link #within} bounds how long. A read of a cache that is not declared fails: reading
 * never starts a cache, and what a cache does not hold is never answered as empty.
 *
 * <p>Every read may throw {@link dev.freshet.error.FreshetException}, whose subtypes say which way
 * it failed.
 */
public final class Reads<T> {

  private final Cluster cluster;
  private final Model<T> model;
  private final Scope scope;
  private final Optional<Session> session;

  Reads(Cluster cluster, Model<T> model, String caller, Optional<Session> session) {
    this(
        cluster,
        model,
        new Scope(model.type(), Namespaces.all(), caller, cluster.readWithin(), Fence.AUTO, false),
        session);
  }

  private Reads(Cluster cluster, Model<T> model, Scope scope, Optional<Session> session) {
    this.cluster = cluster;
    this.model = model;
    this.scope = scope;
    this.session = session;
  }

  /** The same reads in one namespace. */
  public Reads<T> inNamespace(String namespace) {
    return new Reads<>(cluster, model, scope.in(Namespaces.of(namespace)), session);
  }

  /**
   * The same reads in several namespaces. From a cache with a stream for each, the answer is of no
   * single moment: it holds of each namespace at least what {@code asOf} says.
   */
  public Reads<T> inNamespaces(String first, String... others) {
    return new Reads<>(cluster, model, scope.in(Namespaces.of(first, others)), session);
  }

  /** The same reads in all namespaces, as at first. */
  public Reads<T> inAnyNamespace() {
    return new Reads<>(cluster, model, scope.in(Namespaces.all()), session);
  }

  /** The same reads under another caller's name, which the server sees in the User-Agent. */
  public Reads<T> as(String caller) {
    return new Reads<>(cluster, model, scope.as(caller), session);
  }

  /** The same reads, each failing if it takes longer than this. */
  public Reads<T> within(Duration longest) {
    return new Reads<>(cluster, model, scope.within(longest), session);
  }

  /**
   * The same reads, {@code strong()} ones given in this way; {@link Fence#AUTO} unless said. Where
   * a fence cannot be had or does not come in time, the server is asked for the answer itself, and
   * the answer says so.
   */
  public Reads<T> fence(Fence way) {
    return new Reads<>(cluster, model, scope.fence(way), session);
  }

  /**
   * The same reads for who needs no more than metadata: where the server itself is asked, it sends
   * a small part of the bytes. Rows and {@code get("metadata.…")} work; other fields and whole
   * objects are refused, whichever way the answer came.
   */
  public Reads<T> ofMetadata() {
    return new Reads<>(cluster, new MetadataModel<>(model), scope.ofMetadata(), session);
  }

  /** All objects. */
  public ReadList<T> list(Consistency level) {
    return list(Query.everything(), level);
  }

  /** The objects that match. */
  public ReadList<T> list(Query query, Consistency level) {
    Answer answer = ReadCall.list(cluster, scope, session, query, level).answer();
    return new ReadList<>(
        answer.objects(),
        model,
        answer.provenance(),
        () -> seen(cluster, scope, answer.provenance().asOf()));
  }

  /**
   * One object of a cluster-scoped kind, or of the namespace these reads are in.
   *
   * @throws IllegalStateException if the kind is namespaced and these reads are in all namespaces
   */
  public Read<T> get(String name, Consistency level) {
    if (!scope.isOneNamespace()) {
      throw new IllegalStateException(
          model.type() + " live in namespaces: call get(namespace, name, level)");
    }
    Query query =
        new Query(Query.everything().labels(), FieldSelector.equal("metadata.name", name));
    Answer answer = ReadCall.get(name, cluster, scope, session, query, level).answer();
    return new Read<>(
        answer.objects().stream().findFirst().map(stored -> new Row<>(stored, model)),
        answer.provenance(),
        () -> seen(cluster, scope, answer.provenance().asOf()));
  }

  /** A token of what an answer of this version has shown. */
  static Token seen(Cluster cluster, Scope in, ResourceVersion version) {
    Floors floors = new Floors();
    floors.saw(in.type().qualifiedName(), in.namespaces(), version);
    return new Token(TokenFloors.of(cluster.identity().text(), floors));
  }

  /** One object of a namespaced kind. */
  public Read<T> get(String namespace, String name, Consistency level) {
    return inNamespace(namespace).get(name, level);
  }

  /**
   * Pins the state of these namespaces that a read of this level could be answered from now, so
   * that any number of reads are of one moment. It comes from the declared cache: the server is
   * asked how far it is, where the level needs that, and never for the objects.
   *
   * <p>In a session it also shows all that the session has written and seen, whatever the level.
   * Holding it costs the memory of what changes meanwhile.
   *
   * @param level any but {@code exactly(…)}
   * @throws dev.freshet.error.UnsupportedReadException if no cache could answer, or it has no fence
   *     and the level needs one
   * @throws dev.freshet.error.CacheNotSyncedException if the cache has no complete list yet
   * @throws dev.freshet.error.FenceException if the fence was in vain
   */
  public SnapshotReads<T> pin(Consistency level) {
    return SnapshotReads.of(cluster, model, new PinCall(cluster, scope, session, level).take());
  }

  /** What {@link #list(Query, Consistency)} would do now, without doing it. */
  public Plan explain(Query query, Consistency level) {
    return ReadCall.list(cluster, scope, session, query, level).plan();
  }

  /** Tells a handler of every object, and of every change. */
  public Subscription onEvent(ChangeHandler<T> handler) {
    return onEvent(Query.everything(), handler);
  }

  /** Tells a handler of the objects that match, and of every change to what matches. */
  public Subscription onEvent(Query query, ChangeHandler<T> handler) {
    return onEvent(query, SubscriptionOptions.defaults(), handler);
  }

  /**
   * Tells a handler what the cache holds of these objects, each as {@link Change.Added} with {@code
   * initial}, then exactly what follows: no change is missed and none told twice. Returns at once;
   * the first list may be yet to come. Nothing is sent to the server.
   *
   * <p>The handler runs on a thread of its own. While it is slower than the changes, those of one
   * object are told as one, and say so. After an outage that cost the cache its place in the
   * server's history, the difference to the new list is told; while a cache is over its limit of
   * bytes, nothing is, and then the difference. Until the subscription is closed, it keeps what the
   * handler has not been told yet.
   *
   * @throws dev.freshet.error.UnsupportedReadException if {@code cached()} could not answer this
   *     query: no such cache is declared, or it holds less
   * @throws dev.freshet.error.LimitExceededException if the cache has too many handlers already
   */
  public Subscription onEvent(Query query, SubscriptionOptions options, ChangeHandler<T> handler) {
    return new Registration<>(cluster, model, scope).of(query, options, handler);
  }
}
