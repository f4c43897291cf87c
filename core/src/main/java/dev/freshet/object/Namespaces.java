package dev.freshet.object;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The namespaces that a read looks in or a cache holds: some by name, or all of them. Immutable.
 *
 * @param names sorted, each once; empty for all, those that do not exist yet included
 */
public record Namespaces(List<String> names) {

  private static final Namespaces ALL = new Namespaces(List.of());

  public Namespaces {
    names = List.copyOf(new TreeSet<>(names));
  }

  public static Namespaces all() {
    return ALL;
  }

  /** These; at least one. */
  public static Namespaces of(String first, String... others) {
    TreeSet<String> names = new TreeSet<>(List.of(others));
    names.add(first);
    return new Namespaces(List.copyOf(names));
  }

  public boolean isAll() {
    return names.isEmpty();
  }

  /** The only one, if there is only one. */
  public Optional<String> single() {
    return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
  }

  /** Whether everything in {@code other} is in here too. */
  public boolean cover(Namespaces other) {
    return isAll() || (!other.isAll() && names.containsAll(other.names));
  }

  @Override
  public String toString() {
    return switch (names.size()) {
      case 0 -> "all namespaces";
      case 1 -> "namespace " + names.getFirst();
      default -> "namespaces " + String.join(", ", names);
    };
  }
}
