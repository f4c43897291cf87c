package dev.freshet;

import dev.freshet.codec.Codec;
import dev.freshet.object.FieldPath;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.FieldSelector;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Field selectors as a cache can answer them: on the fields that the API server selects by, and of
 * those only the plain strings. A field whose selectable value the server computes (such as {@code
 * spec.hostNetwork}, false when absent) is left to the server, so that both ways give one answer.
 */
final class CachedFields {

  private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");

  /** Plain string fields the server selects by, by kind (kubernetes pkg/registry, 1.37). */
  private static final Map<String, Set<String>> BY_TYPE =
      Map.of(
          "pods",
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "status.phase",
              "status.nominatedNodeName"),
          "secrets",
          Set.of("type"));

  private CachedFields() {}

  /** The first field of the selector that a cache of this kind cannot answer. */
  static Optional<String> unanswerable(CacheDeclaration cache, FieldSelector fields) {
    Set<String> known =
        cache.metadataOnly()
            ? Set.of()
            : BY_TYPE.getOrDefault(cache.type().qualifiedName(), Set.of());
    return fields.terms().stream()
        .map(term -> term.path())
        .filter(path -> !ALWAYS.contains(path) && !known.contains(path))
        .filter(path -> cache.fieldIndex(path).isEmpty())
        .findFirst();
  }

  static boolean matches(CacheDeclaration cache, FieldSelector fields, StoredObject object) {
    return fields.terms().isEmpty() || fields.matches(path -> value(cache, object, path));
  }

  private static String value(CacheDeclaration cache, StoredObject object, String path) {
    return switch (path) {
      case "metadata.name" -> object.key().name();
      case "metadata.namespace" -> object.key().namespace();
      default -> {
        Optional<CacheIndex.ByField> index = cache.fieldIndex(path);
        if (index.isPresent()) {
          yield IndexReader.value(index.get(), object);
        }
        String value = Codec.field(object.body(), FieldPath.of(path));
        yield value == null ? "" : value;
      }
    };
  }
}
