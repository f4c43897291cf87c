package dev.freshet;

import dev.freshet.codec.Negotiation;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceType;
import java.time.Duration;

/**
 * Where a read looks, who asks and how long it may take.
 *
 * @param metadataOnly whether an answer of the server need not have more
 */
record Scope(
    ResourceType type,
    Namespaces namespaces,
    String caller,
    Duration within,
    Fence fence,
    boolean metadataOnly) {

  Scope {
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("a read needs a positive time, not " + within);
    }
  }

  /** Whether a name alone identifies an object in here. */
  boolean isOneNamespace() {
    return namespaces.single().isPresent() || !type.namespaced();
  }

  /** The key of an object of that name in here. */
  ObjectKey key(String name) {
    return new ObjectKey(type.namespaced() ? namespaces.single().orElseThrow() : "", name);
  }

  Scope in(Namespaces other) {
    return new Scope(type, other, caller, within, fence, metadataOnly);
  }

  Scope as(String other) {
    return new Scope(type, namespaces, other, within, fence, metadataOnly);
  }

  Scope within(Duration other) {
    return new Scope(type, namespaces, caller, other, fence, metadataOnly);
  }

  Scope fence(Fence other) {
    return new Scope(type, namespaces, caller, within, other, metadataOnly);
  }

  Scope ofMetadata() {
    return new Scope(type, namespaces, caller, within, fence, true);
  }

  /** What a list of these objects is asked for in. */
  Negotiation formats() {
    return metadataOnly ? Negotiation.ofMetadata() : Negotiation.of(type);
  }
}
