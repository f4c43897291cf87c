package dev.freshet.transport;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Headers and TLS keys that identify us.
 *
 * <p>Equal identities share connections: a changed {@code tls} (by reference) means new
 * connections. {@link #toString()} never shows a secret.
 *
 * @param headers authorization and impersonation headers, by name; a name with several values
 *     (groups of an impersonated user) is sent as several lines
 * @param tls client certificate, if any, and the trusted authorities
 */
public record Identity(Map<String, List<String>> headers, SSLContext tls) {

  public Identity {
    var copy = new LinkedHashMap<String, List<String>>();
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    headers = Map.copyOf(copy);
  }

  @Override
  public String toString() {
    return "Identity[headers=" + headers.keySet().stream().sorted().toList() + "]";
  }
}
