package dev.freshet.transport;

import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Headers and TLS keys that identify us.
 *
 * <p>Equal identities share connections: a changed {@code tls} (by reference) means new
 * connections. {@link #toString()} never shows a secret.
 *
 * @param headers authorization and impersonation headers, by name
 * @param tls client certificate, if any, and the trusted authorities
 */
public record Identity(Map<String, String> headers, SSLContext tls) {

  public Identity {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "Identity[headers=" + headers.keySet() + "]";
  }
}
