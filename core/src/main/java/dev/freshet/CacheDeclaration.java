package dev.freshet;

import dev.freshet.object.ResourceType;
import java.util.Optional;

/**
 * A kind to keep a cache of.
 *
 * @param namespace the only one to cache; empty for all
 */
public record CacheDeclaration(ResourceType type, Optional<String> namespace) {

  /** All objects of the kind. */
  public static CacheDeclaration of(ResourceType type) {
    return new CacheDeclaration(type, Optional.empty());
  }

  /** Only those in one namespace. */
  public CacheDeclaration inNamespace(String only) {
    return new CacheDeclaration(type, Optional.of(only));
  }
}
