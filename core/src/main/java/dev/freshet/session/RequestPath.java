package dev.freshet.session;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a URL of the Kubernetes API is about.
 *
 * @param group the API group; empty for the core group
 * @param resource the plural
 * @param namespace empty for all, and for cluster-scoped kinds
 * @param name empty for a collection
 * @param subresource empty for the object itself
 */
public record RequestPath(
    String group, String resource, String namespace, String name, String subresource) {

  private static final String NAMESPACES = "namespaces";

  /**
   * Reads a path such as {@code /apis/apps/v1/namespaces/a/deployments/b/scale}.
   *
   * @param path still percent-encoded, without query
   * @return empty if it is not that of a resource
   */
  public static Optional<RequestPath> parse(String path) {
    List<String> rest = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        rest.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    String group;
    if (rest.size() >= 3 && rest.getFirst().equals("api")) {
      group = "";
      rest = rest.subList(2, rest.size());
    } else if (rest.size() >= 4 && rest.getFirst().equals("apis")) {
      group = rest.get(1);
      rest = rest.subList(3, rest.size());
    } else {
      return Optional.empty();
    }
    // namespaces/a/status and namespaces/a/finalize are of the namespace itself.
    boolean inNamespace =
        rest.getFirst().equals(NAMESPACES)
            && rest.size() >= 3
            && !(rest.size() == 3 && List.of("status", "finalize").contains(rest.get(2)));
    String namespace = inNamespace ? rest.get(1) : "";
    rest = inNamespace ? rest.subList(2, rest.size()) : rest;
    return Optional.of(
        new RequestPath(
            group, rest.getFirst(), namespace, at(rest, 1), String.join("/", from(rest, 2))));
  }

  private static String at(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  private static List<String> from(List<String> parts, int index) {
    return index < parts.size() ? parts.subList(index, parts.size()) : List.of();
  }

  /** The collection that the request is about, as RBAC names it. */
  public String collection() {
    // A Binding is written into its Pod, by either URL.
    String plural = group.isEmpty() && resource.equals("bindings") ? "pods" : resource;
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** Whether a request there stores something: reviews and connections do not. */
  public boolean isStored() {
    return switch (group) {
      case "authentication.k8s.io", "authorization.k8s.io" -> false;
      default ->
          switch (subresource.split("/", 2)[0]) {
            case "exec", "attach", "portforward", "proxy", "log", "token" -> false;
            default -> true;
          };
    };
  }
}
