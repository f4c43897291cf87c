package dev.freshet.webhook.http;

import dev.freshet.error.ConfigurationException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * What an {@link HttpsServer} needs to know at the start. Immutable.
 *
 * @param address where it listens; port 0 for any free one
 * @param tls its keys
 * @param clients who may call
 * @param probePaths paths that everybody may call, with what is below them: kubelet has no
 *     certificate
 * @param limits how much of it its clients may have
 * @param reloadEvery how often it looks whether its keys have changed
 */
public record ServerOptions(
    InetSocketAddress address,
    TlsKeys tls,
    ClientPolicy clients,
    Set<String> probePaths,
    HttpLimits limits,
    Duration reloadEvery) {

  public static final int DEFAULT_PORT = 8443;
  public static final Set<String> PROBE_PATHS = Set.of("/healthz", "/readyz", "/livez");
  public static final Duration RELOAD_EVERY = Duration.ofSeconds(5);

  public ServerOptions {
    probePaths = Set.copyOf(probePaths);
    if (clients instanceof ClientPolicy.Subjects && !tls.hasClientAuthority()) {
      throw new ConfigurationException(
          "clients are told by their certificates, but no client authority is named",
          "Name the PEM file of the authority that signs kube-apiserver's client certificate.");
    }
    if (!reloadEvery.isPositive()) {
      throw new ConfigurationException(
          "the interval for looking at the TLS keys again is not positive", "Give it some time.");
    }
  }

  /** All interfaces, port {@link #DEFAULT_PORT}. */
  public static ServerOptions defaults(TlsKeys tls, ClientPolicy clients) {
    return new ServerOptions(
        new InetSocketAddress(DEFAULT_PORT),
        tls,
        clients,
        PROBE_PATHS,
        HttpLimits.defaults(),
        RELOAD_EVERY);
  }

  public ServerOptions address(InetSocketAddress listen) {
    return new ServerOptions(listen, tls, clients, probePaths, limits, reloadEvery);
  }

  public ServerOptions probePaths(Set<String> paths) {
    return new ServerOptions(address, tls, clients, paths, limits, reloadEvery);
  }

  public ServerOptions limits(HttpLimits given) {
    return new ServerOptions(address, tls, clients, probePaths, given, reloadEvery);
  }

  public ServerOptions reloadEvery(Duration interval) {
    return new ServerOptions(address, tls, clients, probePaths, limits, interval);
  }
}
