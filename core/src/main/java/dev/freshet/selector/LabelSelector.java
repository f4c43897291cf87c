package dev.freshet.selector;

import dev.freshet.error.InvalidSelectorException;
import dev.freshet.object.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the labels of objects, with the grammar and meaning of the API server. Immutable.
 *
 * <p>Requirements are kept sorted by key and then by text, each once, so selectors that differ in
 * spelling or order only are equal and can share an index, a cache entry or a request.
 */
public final class LabelSelector {

  private static final LabelSelector EVERYTHING = new LabelSelector(Stream.empty());

  private final List<Requirement> requirements;

  private LabelSelector(Stream<Requirement> requirements) {
    this.requirements =
        requirements
            .distinct()
            .sorted(Comparator.comparing(Requirement::key).thenComparing(Requirement::toString))
            .toList();
  }

  /** The selector that all objects match; its text is empty. */
  public static LabelSelector everything() {
    return EVERYTHING;
  }

  /**
   * Parses what kubectl's {@code -l} and the API's {@code labelSelector} take. Blank text is {@link
   * #everything()}.
   *
   * @throws InvalidSelectorException if the API server would refuse it
   */
  public static LabelSelector parse(String selector) {
    return new LabelSelector(LabelSelectorParser.parse(selector).stream());
  }

  /**
   * The objects whose label has exactly this value.
   *
   * @throws InvalidSelectorException if that cannot be a label's key or value
   */
  public static LabelSelector equal(String key, String value) {
    String text = key + "=" + value;
    refuse(text, 0, LabelSyntax.faultOfKey(key));
    refuse(text, key.length() + 1, LabelSyntax.faultOfValue(value));
    return new LabelSelector(Stream.of(new Requirement.In(key, List.of(value))));
  }

  private static void refuse(String text, int from, LabelSyntax.@Nullable Fault fault) {
    if (fault != null) {
      throw new InvalidSelectorException(text, from + fault.at(), fault.problem(), fault.remedy());
    }
  }

  /** The objects that match both. */
  public LabelSelector and(LabelSelector other) {
    return new LabelSelector(Stream.concat(requirements.stream(), other.requirements.stream()));
  }

  /** What all must hold; empty for {@link #everything()}. Unmodifiable. */
  public List<Requirement> requirements() {
    return requirements;
  }

  /** Whether labels fulfil every requirement. Costs one label look-up per requirement. */
  public boolean matches(Labels labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LabelSelector that && requirements.equals(that.requirements);
  }

  @Override
  public int hashCode() {
    return requirements.hashCode();
  }

  /** The text for the API's {@code labelSelector}; it parses to an equal selector. */
  @Override
  public String toString() {
    return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }
}
