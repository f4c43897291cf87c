package dev.freshet.selector;

import dev.freshet.error.InvalidSelectorException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the fields of objects, with the grammar and meaning of the API server. Immutable.
 *
 * <p>Which fields can be asked for depends on the kind and is known to the server only; here any
 * path is taken. Terms are kept sorted by text, each once, so that equal conditions are equal.
 */
public final class FieldSelector {

  /**
   * One condition on one field.
   *
   * @param path the field's name in the API, such as {@code spec.nodeName}
   * @param value what the field must be, or must not be; an absent field counts as empty
   * @param negated whether the field must differ
   */
  public record Term(String path, String value, boolean negated) {

    /** The term as the API server reads it, the value escaped. */
    @Override
    public String toString() {
      return path + (negated ? "!=" : "=") + escape(value);
    }
  }

  private static final FieldSelector EVERYTHING = new FieldSelector(Stream.empty());

  private final List<Term> terms;

  private FieldSelector(Stream<Term> terms) {
    this.terms = terms.distinct().sorted(Comparator.comparing(Term::toString)).toList();
  }

  /** The selector that all objects match; its text is empty. */
  public static FieldSelector everything() {
    return EVERYTHING;
  }

  /**
   * Parses what kubectl's {@code --field-selector} and the API's {@code fieldSelector} take: terms
   * {@code path=value}, {@code path==value} or {@code path!=value}, separated by commas; a
   * backslash escapes {@code \}, {@code ,} and {@code =} in a value. Nothing is trimmed; empty
   * terms are passed over.
   *
   * @throws InvalidSelectorException if the API server would not understand it
   */
  public static FieldSelector parse(String selector) {
    return new FieldSelector(FieldSelectorParser.parse(selector).stream());
  }

  /**
   * The objects whose field has exactly this value; empty also means absent.
   *
   * @throws InvalidSelectorException if the path is empty or has one of {@code = ! , \}
   */
  public static FieldSelector equal(String path, String value) {
    Term term = new Term(path, value, false);
    for (int i = 0; i < path.length(); i++) {
      if ("=!,\\".indexOf(path.charAt(i)) >= 0) {
        throw badPath(term, i);
      }
    }
    if (path.isEmpty()) {
      throw badPath(term, 0);
    }
    return new FieldSelector(Stream.of(term));
  }

  private static InvalidSelectorException badPath(Term term, int at) {
    return new InvalidSelectorException(
        term.toString(),
        at,
        "a field path that cannot be written in a selector",
        "Name the field as in spec.nodeName.");
  }

  /** The objects that match both. */
  public FieldSelector and(FieldSelector other) {
    return new FieldSelector(Stream.concat(terms.stream(), other.terms.stream()));
  }

  /** The terms of this that are not in the other. */
  public FieldSelector without(FieldSelector other) {
    return new FieldSelector(terms.stream().filter(term -> !other.terms.contains(term)));
  }

  /** What all must hold; empty for {@link #everything()}. Unmodifiable. */
  public List<Term> terms() {
    return terms;
  }

  /**
   * Whether an object fulfils every term.
   *
   * @param valueOf the object's value at a path; the empty text if it has none
   */
  public boolean matches(Function<String, String> valueOf) {
    for (Term term : terms) {
      if (valueOf.apply(term.path()).equals(term.value()) == term.negated()) {
        return false;
      }
    }
    return true;
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldSelector that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  /** The text for the API's {@code fieldSelector}; it parses to an equal selector. */
  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(","));
  }
}
