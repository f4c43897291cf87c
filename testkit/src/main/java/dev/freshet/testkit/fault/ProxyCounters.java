package dev.freshet.testkit.fault;

/**
 * What has passed a {@link FaultProxy} since it was opened, at one moment.
 *
 * @param open connections that are open now
 * @param accepted connections accepted in all
 * @param refused connections that were reset at once, since the proxy refused
 * @param unreachable connections that were reset because the API server could not be reached
 * @param cut connections that the proxy reset by {@code cutAll} or {@code cutAfter}
 * @param bytesToServer bytes forwarded to the API server
 * @param bytesToClient bytes forwarded to clients
 */
public record ProxyCounters(
    int open,
    long accepted,
    long refused,
    long unreachable,
    long cut,
    long bytesToServer,
    long bytesToClient) {}
