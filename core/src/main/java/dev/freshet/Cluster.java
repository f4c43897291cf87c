package dev.freshet;

import dev.freshet.discovery.Kinds;
import dev.freshet.discovery.ServedKind;
import dev.freshet.error.ClosedException;
import dev.freshet.feed.Feed;
import dev.freshet.feed.FeedLimits;
import dev.freshet.feed.FeedScope;
import dev.freshet.feed.ListTurns;
import dev.freshet.feed.SavingPlace;
import dev.freshet.fence.Pace;
import dev.freshet.fence.Sentinel;
import dev.freshet.fence.StreamFence;
import dev.freshet.fence.Touch;
import dev.freshet.govern.Governor;
import dev.freshet.object.ResourceType;
import dev.freshet.request.Discovery;
import dev.freshet.request.RequestGate;
import dev.freshet.request.ServerMetrics;
import dev.freshet.saved.SavedDirectory;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import dev.freshet.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One Kubernetes cluster as Freshet reads it: the declared caches, and the way to the server.
 *
 * <p>Connecting returns at once and the caches fill in the background; {@link #awaitSynced} waits
 * for them. Thread-safe. {@link #close()} ends everything.
 */
public final class Cluster implements AutoCloseable {

  private final ClusterOptions options;
  private final Transport transport;
  private final RequestGate gate;
  private final Map<ResourceType, Cache> caches = new LinkedHashMap<>();
  private final JoinedLists joinedLists;

  /** By kind; a cluster has some hundred. */
  private final Map<ResourceType, DirectCosts> directCosts = new ConcurrentHashMap<>();

  private final Accounting accounting;
  private final ClusterIdentity identity;
  private final Optional<SavedDirectory> saved;
  private volatile boolean closed;

  private Cluster(Transport transport, ClusterOptions options) {
    this.options = options;
    this.transport = transport;
    this.gate =
        new RequestGate(
            transport,
            new Governor(options.load(), options.time(), options.random()),
            options.time());
    this.joinedLists = new JoinedLists(options.time());
    this.accounting =
        new Accounting(new Ledgers(kind -> directCosts(kind)::bytesPerObject), options.observers());
    this.identity = new ClusterIdentity(this, options.address());
    this.saved = options.savingTo().map(path -> new SavedDirectory(path, options.time()));
    ListTurns turns = new ListTurns();
    for (CacheDeclaration declared : options.caches()) {
      if (caches.putIfAbsent(declared.type(), cache(declared, turns)) != null) {
        throw new IllegalArgumentException(
            "the cache of " + declared.type() + " is declared twice");
      }
    }
  }

  private Cache cache(CacheDeclaration declared, ListTurns turns) {
    List<Optional<String>> namespaces =
        declared.namespaces().isAll()
            ? List.of(Optional.empty())
            : declared.namespaces().names().stream().map(Optional::of).toList();
    List<Feed> feeds =
        namespaces.stream().map(namespace -> feed(declared, namespace, turns)).toList();
    List<StreamFence> fences = feeds.stream().map(feed -> fence(declared, feed)).toList();
    return new Cache(declared, feeds, fences, options.time());
  }

  private StreamFence fence(CacheDeclaration declared, Feed feed) {
    Optional<String> only = feed.scope().namespace();
    Optional<TouchTarget> target =
        declared
            .touched()
            .filter(touched -> only.isEmpty() || only.get().equals(touched.object().namespace()));
    Optional<Touch> touch =
        target.map(
            touched ->
                new Touch(
                    declared.type(),
                    new Sentinel(touched.object(), touched.made()),
                    gate,
                    options.random()));
    return new StreamFence(
        feed,
        touch.orElse(null),
        target
            .map(touched -> Pace.perSecond(touched.perSecond(), options.time()))
            .orElseGet(() -> Pace.unlimited(options.time())),
        options.time());
  }

  private Feed feed(CacheDeclaration declared, Optional<String> namespace, ListTurns turns) {
    var scope =
        new FeedScope(
            declared.type(),
            namespace,
            declared.selects().labels(),
            declared.selects().fields(),
            declared.metadataOnly());
    return new Feed(
        scope,
        new FeedLimits(declared.maxBytes(), declared.auditEvery(), declared.packed()),
        options.caller(),
        gate,
        turns,
        options.time(),
        options.random(),
        savingPlace(scope, declared));
  }

  private Optional<SavingPlace> savingPlace(FeedScope scope, CacheDeclaration declared) {
    return saved.flatMap(
        directory ->
            scope
                .savedAs(declared.packed())
                .map(name -> new SavingPlace(directory.file(name), identity::certain)));
  }

  /**
   * Opens a cluster and starts its caches.
   *
   * @param transport the way to the server; closed with the cluster
   */
  public static Cluster open(Transport transport, ClusterOptions options) {
    Cluster cluster = new Cluster(transport, options);
    cluster.feeds().forEach(Feed::start);
    return cluster;
  }

  /** Reads of one kind, in all namespaces, under the cluster's caller name. */
  public <T> Reads<T> reads(Model<T> model) {
    return new Reads<>(this, model, options.caller(), Optional.empty());
  }

  /**
   * The state of several kinds at one version of the etcd that they share: what one refers to in
   * another is as it was at that moment. Sent is a probe if it is to be strong, and a probe and a
   * bookmark watch for each kind that is quiet.
   *
   * @param level {@code cached()} for the newest version that all caches have, {@code strong()} for
   *     one that sees everything committed before the call
   * @param types each declared as cache of one stream, and {@linkplain ClusterOptions#sharingEtcd
   *     declared} to share an etcd
   * @throws dev.freshet.error.UnsupportedReadException if they are not
   */
  public ClusterSnapshot snapshot(Consistency level, List<ResourceType> types) {
    return snapshot(level, types, caller(), readWithin());
  }

  /**
   * The same.
   *
   * @param caller whom its requests are charged to
   * @param within how long it may take
   * @throws dev.freshet.error.DeadlineException if it took longer
   */
  public ClusterSnapshot snapshot(
      Consistency level, List<ResourceType> types, String caller, Duration within) {
    return new SnapshotCall(this, level, types, caller, within).take();
  }

  /** A new session, which has seen and written nothing. Costs no request and a few objects. */
  public Session session() {
    return new Session(this);
  }

  /**
   * Waits until every declared cache has had its first complete list, or goes on from what was
   * {@linkplain ClusterOptions#savingTo saved}.
   *
   * @throws dev.freshet.error.DeadlineException if that took longer; says what it waits for
   * @throws ClosedException if this is closed
   */
  public void awaitSynced(Duration within) {
    Deadline deadline = Deadline.in(within, options.time());
    feeds().forEach(feed -> feed.awaitSynced(deadline));
  }

  /** How each stream of each declared cache is doing, in the order of declaration. */
  public List<CacheHealth> health() {
    return caches.values().stream()
        .flatMap(cache -> cache.streams().stream().map(feed -> health(feed, cache)))
        .toList();
  }

  private CacheHealth health(Feed feed, Cache cache) {
    var status = feed.status();
    Optional<Snapshot> snapshot = feed.store().snapshot();
    return new CacheHealth(
        feed.scope().type(),
        feed.scope().namespace(),
        CacheHealth.State.of(status.state()),
        instant(status.since()),
        status.why(),
        status.lastHeard().map(Cluster::instant),
        feed.lastBookmark().map(Cluster::instant),
        feed.events(),
        feed.lists(),
        snapshot.map(Snapshot::frontier),
        snapshot.flatMap(held -> feed.dating().provenAt(held.frontier())).map(time()::since),
        snapshot.map(Snapshot::size).orElse(0),
        feed.store().bytes(),
        feed.lastAudit(),
        feed.alarm(),
        cache.subscriptions().summary(),
        cache.subscriptions().queued(),
        cache.fenceOf(feed).keeps(),
        cache.fenceOf(feed).promotions(),
        cache.indexHealth(feed),
        feed.resumed().map(Cluster::instant),
        feed.lastSaved());
  }

  /** The load that this puts on the API server: budgets, accounts, advice. */
  public Load load() {
    return new Load(gate.governor(), accounting, options.caller());
  }

  /** What each caller's requests have cost so far, by caller. */
  public Map<String, Spent> spent() {
    Map<String, Spent> spent = new TreeMap<>();
    gate.accounts((caller, requests, bytes) -> spent.put(caller, new Spent(requests, bytes)));
    return spent;
  }

  /**
   * Asks the server which kinds it serves. Two requests, each time.
   *
   * @throws dev.freshet.error.FreshetException if it cannot say
   */
  public Kinds kinds() {
    requireOpen();
    return discovery().kinds(Deadline.in(options.readWithin(), options.time()));
  }

  /**
   * Asks the server which kind a name stands for; see {@link Kinds#find(String)}. One request for a
   * kind of the core group, two for any other, each time.
   *
   * @throws dev.freshet.error.UnsupportedReadException if it serves no such kind
   */
  public ServedKind kind(String name) {
    requireOpen();
    return discovery().find(name, Deadline.in(options.readWithin(), options.time()));
  }

  /** The server's version, such as {@code v1.37.2}. One request. */
  public String serverVersion() {
    requireOpen();
    return discovery().version(Deadline.in(options.readWithin(), options.time()));
  }

  /**
   * Reads what the API server that answers measures of itself ({@code /metrics}), while it arrives:
   * megabytes of Prometheus' text format, so ask seldom. One request, under the cluster's caller
   * name. The sink gets the text piece by piece; a buffer is only its own until it returns.
   *
   * @param within how long it may take
   * @throws dev.freshet.error.ApiException if the server refuses; 403 unless the user may {@code
   *     get} the non-resource URL
   */
  public void metrics(Duration within, Consumer<ByteBuffer> sink) {
    requireOpen();
    new ServerMetrics(gate, options.caller()).read(Deadline.in(within, options.time()), sink);
  }

  private Discovery discovery() {
    return new Discovery(gate, options.caller());
  }

  /**
   * Ends caches and connections; reads and waits in progress fail, handlers are told no more.
   * Caches are saved where that is wanted, which takes 5 s for each at most. Idempotent.
   */
  @Override
  public void close() {
    closed = true;
    caches.values().forEach(cache -> cache.subscriptions().close());
    caches.values().forEach(Cache::closeFences);
    joinedLists.close();
    feeds().forEach(Feed::close);
    saved.ifPresent(SavedDirectory::close);
    transport.close();
  }

  void requireOpen() {
    if (closed) {
      throw new ClosedException("this connection to the cluster is closed", "Open a new one.");
    }
  }

  Optional<Cache> cache(ResourceType type) {
    return Optional.ofNullable(caches.get(type));
  }

  /** The caches of a collection, one for each of its API versions that one is declared of. */
  List<Cache> caches(String collection) {
    return caches.values().stream()
        .filter(cache -> cache.declared().type().qualifiedName().equals(collection))
        .toList();
  }

  ClusterIdentity identity() {
    return identity;
  }

  String caller() {
    return options.caller();
  }

  private Stream<Feed> feeds() {
    return caches.values().stream().flatMap(cache -> cache.streams().stream());
  }

  DirectCosts directCosts(ResourceType type) {
    return directCosts.computeIfAbsent(type, unused -> new DirectCosts());
  }

  Set<ResourceType> sharingEtcd() {
    return options.sharingEtcd();
  }

  JoinedLists joinedLists() {
    return joinedLists;
  }

  Accounting accounting() {
    return accounting;
  }

  RequestGate gate() {
    return gate;
  }

  TimeSource time() {
    return options.time();
  }

  Duration readWithin() {
    return options.readWithin();
  }

  private static Instant instant(Moment moment) {
    return Instant.ofEpochMilli(moment.wallMillis());
  }
}
