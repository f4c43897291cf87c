package dev.freshet;

import dev.freshet.selector.FieldSelector;
import dev.freshet.selector.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which objects of a collection are wanted: all that match both selectors. Immutable.
 *
 * @param labels by label
 * @param fields by field; which fields an API supports is its own matter
 * @param indexed by declared indexes, which only a cache knows
 */
public record Query(LabelSelector labels, FieldSelector fields, List<IndexTerm> indexed) {

  /** A condition on what a declared index says of an object. */
  public record IndexTerm(String index, String value) {}

  public Query {
    indexed = List.copyOf(indexed);
  }

  public Query(LabelSelector labels, FieldSelector fields) {
    this(labels, fields, List.of());
  }

  private static final Query EVERYTHING =
      new Query(LabelSelector.everything(), FieldSelector.everything());

  public static Query everything() {
    return EVERYTHING;
  }

  /** Objects that carry this label with this value. */
  public static Query label(String key, String value) {
    return new Query(LabelSelector.equal(key, value), FieldSelector.everything());
  }

  /**
   * Objects that match a label selector as kubectl takes it, such as {@code app in (a, b),!canary}.
   *
   * @throws dev.freshet.error.InvalidSelectorException if it does not parse
   */
  public static Query labels(String selector) {
    return new Query(LabelSelector.parse(selector), FieldSelector.everything());
  }

  /** Objects whose field has this value, such as {@code spec.nodeName}. */
  public static Query field(String path, String value) {
    return new Query(LabelSelector.everything(), FieldSelector.equal(path, value));
  }

  /**
   * Objects that match a field selector as kubectl takes it, such as {@code status.phase!=Running}.
   *
   * @throws dev.freshet.error.InvalidSelectorException if it does not parse
   */
  public static Query fields(String selector) {
    return new Query(LabelSelector.everything(), FieldSelector.parse(selector));
  }

  /**
   * Objects that a declared index has under a value. Only a cache with that index can answer it.
   *
   * @param index its name, or the path of its field
   */
  public static Query index(String index, String value) {
    return new Query(
        LabelSelector.everything(),
        FieldSelector.everything(),
        List.of(new IndexTerm(index, value)));
  }

  /** The one name that this asks for, if it asks for one. */
  Optional<String> singleName() {
    return fields.terms().stream()
        .filter(term -> term.path().equals("metadata.name") && !term.negated())
        .map(FieldSelector.Term::value)
        .findFirst();
  }

  /** Objects that match this and the other. */
  public Query and(Query other) {
    List<IndexTerm> both = Stream.concat(indexed.stream(), other.indexed.stream()).toList();
    return new Query(labels.and(other.labels), fields.and(other.fields), both);
  }
}
