package dev.freshet.transport;

import dev.freshet.error.ConfigurationException;
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

  private static final int DELETE = 127;
  private static final int LATIN_1_MAX = 255;

  /**
   * @throws ConfigurationException if a value holds a character that no HTTP header may hold; an
   *     HTTP client would refuse it too, and quote it
   */
  public Identity {
    var copy = new LinkedHashMap<String, List<String>>();
    headers.forEach(
        (name, values) -> {
          values.forEach(value -> requireSendable(name, value));
          copy.put(name, List.copyOf(values));
        });
    headers = Map.copyOf(copy);
  }

  private static void requireSendable(String name, String value) {
    if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == DELETE || c > LATIN_1_MAX)) {
      throw new ConfigurationException(
          "the header " + name + " has a value that HTTP does not allow",
          "Look for line breaks or control characters in the token, user or group it is made of.");
    }
  }

  @Override
  public String toString() {
    return "Identity[headers=" + headers.keySet().stream().sorted().toList() + "]";
  }
}
