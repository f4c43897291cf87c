package dev.freshet;

import dev.freshet.error.InvalidTokenException;
import dev.freshet.feed.Feed;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.session.Demand;
import dev.freshet.session.Floor;
import dev.freshet.session.Floors;
import dev.freshet.session.ObservedCall;
import dev.freshet.session.TokenFloors;
import dev.freshet.store.Cut;
import dev.freshet.store.Snapshot;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of work that sees its own writes and never reads back in time, such as the handling of
 * one request or the reconciliation of one object.
 *
 * <p>A session remembers the versions of what it wrote and read, its deletes, and its requests of
 * unknown outcome; its reads then wait for the cache, or ask the server, until all of that shows.
 * Writes are seen through a client that reports to {@link #sending}, as that of the fabric8 module
 * does; what else the program has seen it tells by {@code saw}.
 *
 * <p>Promises hold within one {@linkplain Provenance#epoch() epoch}. Thread-safe, but meant for one
 * task: a session shared by many waits for the writes of all. Needs no closing and a few hundred
 * bytes, and keeps at most 200 kinds apart.
 */
public final class Session {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Cluster cluster;
  private final Floors floors = new Floors();

  Session(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Reads of one kind, in all namespaces, that see what this session has written and read. */
  public <T> SessionReads<T> reads(Model<T> model) {
    return new SessionReads<>(new Reads<>(cluster, model, cluster.caller(), Optional.of(this)));
  }

  /**
   * The program has seen an object of this version: later reads show it, or something newer.
   *
   * @param namespace empty for a cluster-scoped kind
   */
  public void saw(ResourceType type, String namespace, ResourceVersion version) {
    raise(type.qualifiedName(), namespace, version);
  }

  /** The program has seen this row. */
  public void saw(Row<?> row) {
    saw(row.type(), row.namespace(), row.resourceVersion());
  }

  /**
   * The program has learnt of all that a token saw.
   *
   * @throws InvalidTokenException if the token is of another cluster
   * @throws dev.freshet.error.FreshetException if the cluster cannot be asked who it is
   */
  public void saw(Token token) {
    cluster.identity().requireOwn(token, "Keep one session for each cluster.");
    token.floors().raise(floors);
  }

  /**
   * Everything that this session has written and seen, to hand on to another process. The first
   * token of a cluster costs one request, since it names the cluster.
   *
   * @throws dev.freshet.error.FreshetException if the cluster cannot be asked who it is
   */
  public Token token() {
    return new Token(TokenFloors.of(cluster.identity().text(), floors));
  }

  /**
   * A client of this session is about to send a request, of any kind. What becomes of it is to be
   * told to the answer, else reads wait for it in vain.
   *
   * <p>Never fails, waits or sends.
   *
   * @param path percent-encoded, from {@code /api} or {@code /apis}
   * @param query percent-encoded; empty for none
   * @param body as text; empty for none
   */
  public ObservedRequest sending(String method, String path, String query, String body) {
    try {
      return ObservedCall.of(method, path, query, body)
          .filter(call -> call.kind() != ObservedCall.Kind.NOTHING)
          .<ObservedRequest>map(call -> new ResourceRequest(cluster, floors, call))
          .orElse(ObservedRequest.IGNORED);
    } catch (RuntimeException e) {
      LOG.error("A request of a session could not be followed; its next reads are strong", e);
      floors.markEverythingUnknown();
      return ObservedRequest.IGNORED;
    }
  }

  Demand demand(Scope scope) {
    return floors.demand(scope.type().qualifiedName(), scope.namespaces());
  }

  /** What is known before a strong read is sent. */
  ServerRead askingServer(Scope scope) {
    String collection = scope.type().qualifiedName();
    return new ServerRead(
        floors.now(), demand(scope).wanted(Floor.UNKNOWN_EPOCH), Epochs.now(cluster, collection));
  }

  /**
   * A strong read under way.
   *
   * @param begun the moment before it was sent
   * @param wanted the session's floor then
   * @param epochs what the caches held then
   */
  record ServerRead(long begun, ResourceVersion wanted, Epochs epochs) {}

  /** A read was answered from these streams' snapshots. */
  void readFromCache(Cache cache, Scope scope, Cut cut, Demand met) {
    String collection = scope.type().qualifiedName();
    boolean alone = cluster.caches(collection).size() == 1;
    List<Feed> streams = cache.streams(scope.namespaces());
    for (int i = 0; i < streams.size(); i++) {
      Snapshot part = cut.parts().get(i);
      if (!part.frontier().isComparable()) {
        floors.markOpaque(collection);
        continue;
      }
      Floor floor = Floor.at(part.frontier(), alone ? part.epoch() : Floor.UNKNOWN_EPOCH);
      Optional<String> stream = streams.get(i).scope().namespace();
      if (stream.isPresent()) {
        floors.raise(collection, stream.get(), floor);
      } else if (scope.namespaces().isAll()) {
        floors.raise(collection, "", floor);
      } else {
        scope.namespaces().names().forEach(name -> floors.raise(collection, name, floor));
      }
    }
    floors.met(collection, met);
  }

  /** A read showed the state at this version, of whichever history. */
  void saw(Scope scope, ResourceVersion version) {
    String collection = scope.type().qualifiedName();
    if (scope.namespaces().isAll()) {
      raise(collection, "", version);
    }
    scope.namespaces().names().forEach(namespace -> raise(collection, namespace, version));
  }

  /** A strong read was answered. */
  void readFromServer(Scope scope, ResourceVersion head, ServerRead read) {
    String collection = scope.type().qualifiedName();
    if (!head.isComparable()) {
      floors.markOpaque(collection);
      return;
    }
    Floor floor = read.epochs().floor("", head);
    if (read.wanted().isComparable() && !head.isAtLeast(read.wanted())) {
      LOG.warn(
          "The API server is at {} of {}, below {} which this session has seen: the cluster's"
              + " history went back, and what was seen above is lost",
          head,
          collection,
          read.wanted());
      floors.lower(collection, read.wanted(), floor);
    }
    floors.readConsistently(collection, scope.namespaces(), floor, read.begun());
  }

  private void raise(String collection, String namespace, ResourceVersion version) {
    if (version.isComparable()) {
      Floor floor = Epochs.now(cluster, collection).floor(namespace, version);
      floors.raise(collection, namespace, floor);
    } else {
      floors.markOpaque(collection);
    }
  }
}
