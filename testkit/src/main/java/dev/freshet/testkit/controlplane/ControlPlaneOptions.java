package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.binaries.BinarySearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a control plane is started. Immutable; each method returns a changed copy.
 *
 * @param servers how many API servers, 1 to {@value #MAX_SERVERS}
 * @param serverFlags flags added to each API server, such as {@code --watch-cache=false}; the last
 *     of two equal flags counts
 * @param etcdFlags flags added to etcd
 * @param etcdRoute the way from each API server to etcd
 * @param tokens bearer tokens and whom they stand for, beside the client certificates
 * @param readyWithin how long each process may take to become ready
 * @param binaries where the programs come from
 */
public record ControlPlaneOptions(
    int servers,
    List<String> serverFlags,
    List<String> etcdFlags,
    EtcdRoute etcdRoute,
    Map<String, User> tokens,
    Duration readyWithin,
    BinarySearch binaries) {
  /** The most API servers over one etcd; each takes 0.3 GB when fresh. */
  public static final int MAX_SERVERS = 8;

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  public ControlPlaneOptions {
    if (servers < 1 || servers > MAX_SERVERS) {
      throw new IllegalArgumentException(
          "A control plane has 1 to " + MAX_SERVERS + " API servers, not " + servers + ".");
    }
    serverFlags = List.copyOf(serverFlags);
    etcdFlags = List.copyOf(etcdFlags);
    tokens = Map.copyOf(tokens);
  }

  /** One API server without extra flags, 60 s to become ready, {@link BinarySearch#standard()}. */
  public static ControlPlaneOptions standard() {
    return new ControlPlaneOptions(
        1,
        List.of(),
        List.of(),
        EtcdRoute.straight(),
        Map.of(),
        READY_WITHIN,
        BinarySearch.standard());
  }

  /** Starts this many API servers. */
  public ControlPlaneOptions servers(int count) {
    return new ControlPlaneOptions(
        count, serverFlags, etcdFlags, etcdRoute, tokens, readyWithin, binaries);
  }

  /** Adds flags to each API server. */
  public ControlPlaneOptions serverFlags(String... flags) {
    return new ControlPlaneOptions(
        servers, append(serverFlags, flags), etcdFlags, etcdRoute, tokens, readyWithin, binaries);
  }

  /** Adds flags to etcd. */
  public ControlPlaneOptions etcdFlags(String... flags) {
    return new ControlPlaneOptions(
        servers, serverFlags, append(etcdFlags, flags), etcdRoute, tokens, readyWithin, binaries);
  }

  /** Leads each API server to etcd by another way, such as a proxy of its own. */
  public ControlPlaneOptions etcdRoute(EtcdRoute route) {
    return new ControlPlaneOptions(
        servers, serverFlags, etcdFlags, route, tokens, readyWithin, binaries);
  }

  /** Keeps objects in etcd as JSON, so that a referee can read them there; slower. */
  public ControlPlaneOptions readableStorage() {
    return serverFlags("--storage-media-type=application/json");
  }

  /** Lets a bearer token stand for a user. */
  public ControlPlaneOptions token(String token, User user) {
    var more = new LinkedHashMap<>(tokens);
    more.put(token, user);
    return new ControlPlaneOptions(
        servers, serverFlags, etcdFlags, etcdRoute, more, readyWithin, binaries);
  }

  /** Allows each process this long to become ready. */
  public ControlPlaneOptions readyWithin(Duration limit) {
    return new ControlPlaneOptions(
        servers, serverFlags, etcdFlags, etcdRoute, tokens, limit, binaries);
  }

  /** Takes the programs from elsewhere. */
  public ControlPlaneOptions binaries(BinarySearch search) {
    return new ControlPlaneOptions(
        servers, serverFlags, etcdFlags, etcdRoute, tokens, readyWithin, search);
  }

  /** Tells how far a build of the programs is, should one be needed. */
  public ControlPlaneOptions telling(Progress progress) {
    return binaries(binaries.telling(progress));
  }

  private static List<String> append(List<String> flags, String... more) {
    var all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return all;
  }
}
