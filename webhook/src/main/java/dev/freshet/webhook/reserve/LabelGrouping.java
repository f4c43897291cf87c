package dev.freshet.webhook.reserve;

import dev.freshet.Query;
import dev.freshet.object.Labels;
import dev.freshet.selector.LabelSelector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/**
 * Objects with one value of a label, within a namespace or across all. Immutable.
 *
 * @param key of the label
 * @param among which objects it concerns at all
 * @param acrossNamespaces whether the same value in two namespaces is one group
 */
public record LabelGrouping<T extends HasMetadata>(
    String key, LabelSelector among, boolean acrossNamespaces) implements Grouping<T> {

  static <T extends HasMetadata> LabelGrouping<T> of(String key) {
    return new LabelGrouping<>(key, LabelSelector.everything(), false);
  }

  /**
   * The same of objects that match a selector only, such as {@code ray.io/node-type=worker}.
   *
   * @throws dev.freshet.error.InvalidSelectorException if it does not parse
   */
  public LabelGrouping<T> among(String selector) {
    return new LabelGrouping<>(key, among.and(LabelSelector.parse(selector)), acrossNamespaces);
  }

  /** The same, counting all namespaces together. */
  public LabelGrouping<T> inAllNamespaces() {
    return new LabelGrouping<>(key, among, true);
  }

  @Override
  public Optional<Group> groupOf(String namespace, T object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    if (labels == null || !labels.containsKey(key) || !among.matches(Labels.of(labels))) {
      return Optional.empty();
    }
    return Optional.of(new Group(acrossNamespaces ? "" : namespace, labels.get(key)));
  }

  @Override
  public Query members(Group group) {
    return new Query(
        among.and(LabelSelector.equal(key, group.value())), Query.everything().fields());
  }
}
