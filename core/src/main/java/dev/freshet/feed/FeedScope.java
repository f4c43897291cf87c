package dev.freshet.feed;

import dev.freshet.codec.Negotiation;
import dev.freshet.object.ResourceType;
import java.util.Optional;

/**
 * What one feed follows.
 *
 * @param namespace the only one; empty for all
 * @param metadataOnly whether only the objects' metadata are wanted
 */
public record FeedScope(ResourceType type, Optional<String> namespace, boolean metadataOnly) {

  /** The formats to ask for. */
  Negotiation formats() {
    return metadataOnly ? Negotiation.ofMetadata() : Negotiation.of(type);
  }

  @Override
  public String toString() {
    return type + namespace.map(in -> " in namespace " + in).orElse("");
  }
}
