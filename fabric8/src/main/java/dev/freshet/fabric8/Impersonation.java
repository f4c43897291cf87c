package dev.freshet.fabric8;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.client.Config;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which one user acts as another.
 *
 * <p>What a program set in fabric8's {@code Config} wins over {@code as} of the kubeconfig.
 */
final class Impersonation {

  private static final String TOKEN_CHARS = "!#$&'*+-.^_`|~";

  private Impersonation() {}

  static Map<String, List<String>> headers(Config config, Optional<AuthInfo> user) {
    @Nullable String asked = config.getImpersonateUsername();
    if (asked != null && !asked.isEmpty()) {
      @Nullable String[] groups = config.getImpersonateGroups();
      return headers(
          asked, groups == null ? List.of() : List.of(groups), null, config.getImpersonateExtras());
    }
    return user.filter(u -> u.getAs() != null && !u.getAs().isEmpty())
        .map(u -> headers(u.getAs(), u.getAsGroups(), u.getAsUid(), u.getAsUserExtra()))
        .orElse(Map.of());
  }

  private static Map<String, List<String>> headers(
      String user,
      @Nullable List<String> groups,
      @Nullable String uid,
      @Nullable Map<String, List<String>> extras) {
    var headers = new LinkedHashMap<String, List<String>>();
    headers.put("Impersonate-User", List.of(user));
    if (groups != null && !groups.isEmpty()) {
      headers.put("Impersonate-Group", groups);
    }
    if (uid != null && !uid.isEmpty()) {
      headers.put("Impersonate-Uid", List.of(uid));
    }
    if (extras != null) {
      extras.forEach((key, values) -> headers.put("Impersonate-Extra-" + escaped(key), values));
    }
    return headers;
  }

  // The API server unescapes the key, for a header name takes few characters.
  private static String escaped(String key) {
    var escaped = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || TOKEN_CHARS.indexOf(c) >= 0);
      if (plain) {
        escaped.append(c);
      } else {
        escaped.append(String.format("%%%02X", (int) c));
      }
    }
    return escaped.toString();
  }
}
