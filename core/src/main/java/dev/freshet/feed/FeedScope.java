package dev.freshet.feed;

import dev.freshet.object.ResourceType;
import java.util.Optional;

/**
 * What one feed follows.
 *
 * @param namespace the only one; empty for all
 */
public record FeedScope(ResourceType type, Optional<String> namespace) {

  @Override
  public String toString() {
    return type + namespace.map(in -> " in namespace " + in).orElse("");
  }
}
