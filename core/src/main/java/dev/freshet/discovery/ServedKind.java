package dev.freshet.discovery;

import dev.freshet.object.ResourceType;
import java.util.List;

/**
 * One kind in one version, as the server offers it.
 *
 * @param singular the singular of the plural name; may be empty
 * @param shortNames such as {@code po}
 * @param verbs what can be done, such as {@code list} and {@code watch}
 */
public record ServedKind(
    ResourceType type, String singular, List<String> shortNames, List<String> verbs) {

  public ServedKind {
    shortNames = List.copyOf(shortNames);
    verbs = List.copyOf(verbs);
  }
}
