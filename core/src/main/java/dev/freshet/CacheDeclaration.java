package dev.freshet;

import dev.freshet.object.ResourceType;
import java.util.Optional;

/**
 * A kind to keep a cache of.
 *
 * @param namespace the only one to cache; empty for all
 * @param metadataOnly whether to keep only metadata: names, labels, annotations, owners. Rows and
 *     {@code get("metadata.…")} work then; other fields and whole objects are refused
 */
public record CacheDeclaration(
    ResourceType type, Optional<String> namespace, boolean metadataOnly) {

  /** All objects of the kind. */
  public static CacheDeclaration of(ResourceType type) {
    return new CacheDeclaration(type, Optional.empty(), false);
  }

  /** Only those in one namespace. */
  public CacheDeclaration inNamespace(String only) {
    return new CacheDeclaration(type, Optional.of(only), metadataOnly);
  }

  /** Only the metadata of objects: a small part of their bytes, on the wire and in memory. */
  public CacheDeclaration ofMetadata() {
    return new CacheDeclaration(type, namespace, true);
  }
}
