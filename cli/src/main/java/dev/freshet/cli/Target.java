package dev.freshet.cli;

import dev.freshet.CacheDeclaration;
import dev.freshet.Reads;
import dev.freshet.fabric8.Freshet;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/**
 * What a command reads: a kind that the server serves, in one namespace or wherever it is.
 *
 * @param namespace empty for all, and for a kind that has none
 */
record Target(ResourceType type, Optional<String> namespace) {

  /**
   * Asks the server what a name stands for, and warns if the server is too old.
   *
   * @throws dev.freshet.error.UnsupportedReadException if it serves no such kind
   */
  static Target find(Freshet freshet, String kind, NamespaceOptions namespaces, Console console) {
    ServerVersion.check(freshet, console);
    ResourceType type = freshet.kind(kind).type();
    return new Target(type, namespaces.of(type, freshet.namespace()));
  }

  /** The same by a connection of its own, for a command that needs the kind before it can cache. */
  static Target find(
      ConnectionOptions connection,
      String caller,
      KindParameter kind,
      NamespaceOptions namespaces,
      Console console) {
    try (Freshet freshet = connection.connect(caller, options -> {})) {
      return find(freshet, kind.name(), namespaces, console);
    }
  }

  /** A cache of all of it. */
  CacheDeclaration cache() {
    CacheDeclaration all = CacheDeclaration.of(type);
    return namespace.map(all::inNamespace).orElse(all);
  }

  Reads<GenericKubernetesResource> reads(Freshet freshet) {
    Reads<GenericKubernetesResource> all = freshet.reads(type);
    return namespace.map(all::inNamespace).orElse(all);
  }

  /** Whether a table of it must name namespaces. */
  boolean spansNamespaces() {
    return type.namespaced() && namespace.isEmpty();
  }
}
