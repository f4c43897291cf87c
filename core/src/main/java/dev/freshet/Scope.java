package dev.freshet;

import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceType;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a read looks, who asks and how long it may take.
 *
 * @param namespace the only one; empty for all
 */
record Scope(ResourceType type, Optional<String> namespace, String caller, Duration within) {

  Scope {
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("a read needs a positive time, not " + within);
    }
  }

  /** Whether a name alone identifies an object in here. */
  boolean isOneNamespace() {
    return namespace.isPresent() || !type.namespaced();
  }

  /** The key of an object of that name in here. */
  ObjectKey key(String name) {
    return new ObjectKey(type.namespaced() ? namespace.orElseThrow() : "", name);
  }

  Scope inNamespace(Optional<String> other) {
    return new Scope(type, other, caller, within);
  }

  Scope as(String other) {
    return new Scope(type, namespace, other, within);
  }

  Scope within(Duration other) {
    return new Scope(type, namespace, caller, other);
  }
}
