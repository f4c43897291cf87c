package dev.freshet.cli;

import dev.freshet.Query;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which objects, as kubectl has them. */
final class SelectionOptions {

  @Mixin private NamespaceOptions namespaces = new NamespaceOptions();

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

  NamespaceOptions namespaces() {
    return namespaces;
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
}
