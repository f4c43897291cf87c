package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import io.fabric8.kubernetes.client.Config;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy between us and the API server, if any.
 *
 * @param selector always answers this proxy
 * @param headers for the proxy alone: our name and password there
 */
record Proxies(Optional<ProxySelector> selector, Map<String, String> headers) {

  private static final String TUNNEL_PROPERTY = "jdk.http.auth.tunneling.disabledSchemes";

  /**
   * The proxy that {@code config} names for {@code server}.
   *
   * @throws ConfigurationException if it is a SOCKS or HTTPS proxy, or wants a password that the
   *     JDK is not allowed to send
   */
  static Proxies of(Config config, URI server) {
    boolean tls = "https".equals(server.getScheme());
    @Nullable String named = tls ? config.getHttpsProxy() : config.getHttpProxy();
    if (named == null || named.isEmpty() || isExempt(config.getNoProxy(), server.getHost())) {
      return new Proxies(Optional.empty(), Map.of());
    }
    URI proxy = parse(named);
    @Nullable String login = proxy.getUserInfo();
    if (config.getProxyUsername() != null) {
      login = config.getProxyUsername() + ":" + config.getProxyPassword();
    }
    if (login != null && tls) {
      requireTunnelLogin();
    }
    return new Proxies(
        Optional.of(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort()))),
        login == null ? Map.of() : Map.of("Proxy-Authorization", basic(login)));
  }

  private static URI parse(String named) {
    URI proxy;
    try {
      proxy = URI.create(named.contains("://") ? named : "http://" + named);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "the proxy address is no URL", "Write it as http://host:port");
    }
    String scheme = String.valueOf(proxy.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http")) {
      throw new ConfigurationException(
          "the proxy is a " + scheme + " proxy, which the JDK's HTTP client does not speak to",
          "Use an http:// proxy, or reach the API server another way.");
    }
    if (proxy.getHost() == null || proxy.getPort() < 0) {
      throw new ConfigurationException(
          "the proxy address has no host or no port", "Write it as http://host:port");
    }
    return proxy;
  }

  // Without this the JDK drops the header silently, and the proxy answers 407.
  private static void requireTunnelLogin() {
    @Nullable String disabled = System.getProperty(TUNNEL_PROPERTY);
    if (disabled == null || disabled.toLowerCase(Locale.ROOT).contains("basic")) {
      throw new ConfigurationException(
          "the proxy wants a password, which the JDK does not send for https servers by default",
          "Start Java with -D" + TUNNEL_PROPERTY + "= (empty)");
    }
  }

  private static boolean isExempt(@Nullable String @Nullable [] exempt, String host) {
    if (exempt != null) {
      for (String entry : exempt) {
        if (entry != null && covers(entry.strip(), host)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean covers(String entry, String host) {
    String suffix = entry.startsWith("*") ? entry.substring(1) : entry;
    return !suffix.isEmpty()
        && (host.equals(suffix)
            || host.endsWith(suffix.startsWith(".") ? suffix : "." + suffix)
            || Subnet.of(suffix).filter(net -> net.contains(host)).isPresent());
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Proxies[" + (selector.isPresent() ? "one" : "none") + "]";
  }
}
