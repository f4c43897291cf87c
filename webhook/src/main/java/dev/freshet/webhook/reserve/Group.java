package dev.freshet.webhook.reserve;

/**
 * What a constraint counts together.
 *
 * @param namespace empty if the group spans namespaces
 * @param value such as that of a label
 */
public record Group(String namespace, String value) {
  @Override
  public String toString() {
    return namespace.isEmpty() ? value : value + " in " + namespace;
  }
}
