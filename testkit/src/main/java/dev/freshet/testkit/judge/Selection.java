package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Query;
import java.util.Optional;

/** A query as a predicate over objects. */
final class Selection {
  private final Query query;
  private final String namespacePrefix;
  private final LabelSelector labels;

  Selection(Query query) {
    this.query = query;
    this.namespacePrefix = query.namespace().isEmpty() ? "" : query.namespace() + "/";
    this.labels = LabelSelector.of(query.labels());
  }

  /** The only key that it can select, if there is only one. */
  Optional<String> onlyKey() {
    return query.name().isEmpty() ? Optional.empty() : Optional.of(namespacePrefix + query.name());
  }

  /** Whether the object of a put is selected; a deletion never is. */
  boolean selects(EtcdEvent event) {
    return !event.deleted()
        && event.key().startsWith(namespacePrefix)
        && onlyKey().map(event.key()::equals).orElse(true)
        && labels.test(event.labels());
  }
}
