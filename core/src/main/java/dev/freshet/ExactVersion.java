package dev.freshet;

import dev.freshet.error.ApiException;
import dev.freshet.error.BeyondHeadException;
import dev.freshet.error.InvalidTokenException;
import dev.freshet.error.SnapshotExpiredException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.feed.Feed;
import dev.freshet.object.ResourceVersion;
import dev.freshet.session.Demand;
import dev.freshet.session.Floor;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import java.util.List;
import java.util.Optional;

/** The one version at which a read wants the state of its collection, and who has it. */
final class ExactVersion {

  private static final int GONE = 410;
  private static final int TOO_LARGE = 504;

  private final Cluster cluster;
  private final Scope scope;
  private final ResourceVersion version;

  private ExactVersion(Cluster cluster, Scope scope, ResourceVersion version) {
    this.cluster = cluster;
    this.scope = scope;
    this.version = version;
  }

  /**
   * The version that a token names for what a read asks for.
   *
   * @throws InvalidTokenException if it is of another cluster
   * @throws UnsupportedReadException if it names none
   */
  static ExactVersion of(Token token, Cluster cluster, Scope scope) {
    cluster
        .identity()
        .requireOwn(token, "Versions mean nothing elsewhere: take a token of this cluster.");
    Demand demand = token.floors().demand(scope.type().qualifiedName(), scope.namespaces());
    ResourceVersion version = demand.wanted(Floor.UNKNOWN_EPOCH);
    if (demand.needsServer().isPresent() || !version.isComparable()) {
      throw new UnsupportedReadException(
          "the token does not say at which version it saw " + scope.type(),
          "Take the token() of the answer whose state is wanted.");
    }
    return new ExactVersion(cluster, scope, version);
  }

  ResourceVersion version() {
    return version;
  }

  /**
   * The snapshot of the cache that is the state at this version. A cache that is about to come to
   * the version is waited for.
   */
  Optional<Snapshot> held(CacheView view, Deadline patience) {
    boolean addressable = view instanceof CacheView.Ready && !scope.type().sharesVersions();
    List<Feed> streams =
        addressable
            ? cluster.cache(scope.type()).orElseThrow().streams(scope.namespaces())
            : List.of();
    if (streams.size() != 1) {
      return Optional.empty();
    }
    var store = streams.getFirst().store();
    boolean behind = store.snapshot().filter(now -> now.frontier().isBelow(version)).isPresent();
    if (behind && !patience.remaining().isZero()) {
      store.await(now -> !now.frontier().isBelow(version), patience, cluster.time());
    }
    return store.at(version);
  }

  /** What the planner has to know. */
  FloorView floor(Optional<Snapshot> held) {
    return held.isPresent()
        ? new FloorView.Met("the cache holds the state at " + version)
        : new FloorView.ServerOnly("the cache does not hold the state at " + version);
  }

  /**
   * The state at this version, from the server.
   *
   * @throws SnapshotExpiredException if the server has it no more
   * @throws BeyondHeadException if the server has not come to it
   */
  Answer fromServer(Query query, Scope within, Plan plan) {
    try {
      return new DirectReads(cluster).exactly(within, query, plan, version);
    } catch (ApiException e) {
      throw switch (e.code()) {
        case GONE -> new SnapshotExpiredException(scope.type().qualifiedName(), version.text());
        case TOO_LARGE ->
            new BeyondHeadException(
                scope.type().qualifiedName(), version.text(), "a version below");
        default -> e;
      };
    }
  }
}
