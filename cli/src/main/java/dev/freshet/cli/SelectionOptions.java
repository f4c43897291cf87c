package dev.freshet.cli;

import dev.freshet.Query;
import dev.freshet.object.ResourceType;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which objects, as kubectl has them. */
final class SelectionOptions {

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace; that of the context unless given.")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "All namespaces.")
  private boolean allNamespaces;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description = "By label, such as 'app in (a, b),!canary'.")
  private String labels = "";

  @Option(
      names = "--field-selector",
      paramLabel = "SELECTOR",
      description = "By field, such as status.phase!=Running.")
  private String fields = "";

  boolean allNamespaces() {
    return allNamespaces;
  }

  boolean hasSelector() {
    return !labels.isBlank() || !fields.isBlank();
  }

  /**
   * What to read.
   *
   * @throws dev.freshet.error.InvalidSelectorException if a selector does not parse
   */
  Query query() {
    return Query.labels(labels).and(Query.fields(fields));
  }

  /**
   * The one namespace to read in; empty for all and for a kind that has none.
   *
   * @param current that of the context
   */
  Optional<String> namespace(ResourceType type, String current) {
    if (allNamespaces || !type.namespaced()) {
      return Optional.empty();
    }
    return namespace.or(() -> Optional.of(current));
  }
}
