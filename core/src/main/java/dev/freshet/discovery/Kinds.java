package dev.freshet.discovery;

import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.ResourceType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds an API server serves, in its order of preference: the core group first, then each group
 * with its preferred version first. Immutable.
 */
public final class Kinds {

  /** Names that are suggested for one that is not served. */
  private static final int SUGGESTIONS = 3;

  /** A suggestion needs fewer edits than this to become the name that was given. */
  private static final int NEAR = 4;

  private final List<ServedKind> served;

  public Kinds(List<ServedKind> served) {
    this.served = List.copyOf(served);
  }

  /** All of them. */
  public List<ServedKind> served() {
    return served;
  }

  /**
   * Finds a kind as kubectl takes it: plural, singular, short name or kind in any case, also as
   * {@code plural.group} and {@code plural.version.group}.
   *
   * @throws UnsupportedReadException if the server serves no such kind, or it cannot be listed;
   *     suggests near names
   */
  public ServedKind find(String name) {
    return listable(name).orElseThrow(() -> unlistable(name));
  }

  /** The same; empty if there is none. */
  public Optional<ServedKind> listable(String name) {
    return named(name).filter(kind -> kind.verbs().contains("list")).findFirst();
  }

  private Stream<ServedKind> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return served.stream().filter(kind -> isNamed(kind, wanted));
  }

  private UnsupportedReadException unlistable(String name) {
    return named(name)
        .findFirst()
        .map(
            kind ->
                new UnsupportedReadException(
                    "the API server cannot list \"" + name + "\"",
                    "It offers only: " + String.join(", ", kind.verbs()) + "."))
        .orElseGet(
            () ->
                new UnsupportedReadException(
                    "the API server serves no kind \"" + name + "\"",
                    suggestion(name.toLowerCase(Locale.ROOT))));
  }

  /** The kind with exactly these names, if it is served. */
  public Optional<ServedKind> find(String group, String version, String plural) {
    return served.stream()
        .filter(kind -> kind.type().group().equals(group))
        .filter(kind -> kind.type().version().equals(version))
        .filter(kind -> kind.type().plural().equals(plural))
        .findFirst();
  }

  private static boolean isNamed(ServedKind kind, String wanted) {
    ResourceType type = kind.type();
    String qualifier = "." + type.group();
    String versioned = "." + type.version() + qualifier;
    return names(kind)
        .anyMatch(
            known ->
                known.equals(wanted)
                    || wanted.equals(known + qualifier)
                    || wanted.equals(known + versioned));
  }

  private static Stream<String> names(ServedKind kind) {
    return Stream.concat(
            Stream.of(kind.type().plural(), kind.singular(), kind.type().kind()),
            kind.shortNames().stream())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty());
  }

  private String suggestion(String wanted) {
    int dot = wanted.indexOf('.');
    String bare = dot > 0 ? wanted.substring(0, dot) : wanted;
    List<String> near =
        served.stream()
            .filter(kind -> kind.verbs().contains("list"))
            .map(kind -> new Near(kind.type().qualifiedName(), distance(kind, bare)))
            .filter(found -> found.edits < Math.min(NEAR, Math.max(2, bare.length())))
            .sorted(Comparator.comparingInt(Near::edits))
            .map(Near::name)
            .distinct()
            .limit(SUGGESTIONS)
            .toList();
    return near.isEmpty()
        ? "\"kubectl api-resources\" lists what it serves."
        : "Did you mean " + near.stream().collect(Collectors.joining(", ")) + "?";
  }

  private record Near(String name, int edits) {}

  private static int distance(ServedKind kind, String wanted) {
    return names(kind).mapToInt(name -> edits(name, wanted)).min().orElse(Integer.MAX_VALUE);
  }

  /** Insertions, deletions and replacements that turn one word into the other (Levenshtein). */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
