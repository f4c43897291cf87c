package dev.freshet.cli;

import dev.freshet.object.ResourceType;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say in which namespace, as kubectl has them. */
final class NamespaceOptions {

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace; that of the context unless given.")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "All namespaces.")
  private boolean allNamespaces;

  boolean areGiven() {
    return allNamespaces || namespace.isPresent();
  }

  boolean all() {
    return allNamespaces;
  }

  /** The namespace that is meant, if one is needed. */
  String named(String current) {
    return namespace.orElse(current);
  }

  /**
   * The one namespace to read in; empty for all and for a kind that has none.
   *
   * @param current that of the context
   */
  Optional<String> of(ResourceType type, String current) {
    return allNamespaces || !type.namespaced() ? Optional.empty() : Optional.of(named(current));
  }
}
