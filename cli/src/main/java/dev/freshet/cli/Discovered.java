package dev.freshet.cli;

import dev.freshet.CacheDeclaration;
import dev.freshet.fabric8.Freshet;
import dev.freshet.object.ResourceType;
import java.util.Optional;

/** Turns the name of a kind, as typed, into what the server serves. */
final class Discovered {

  private Discovered() {}

  /**
   * Asks the server, and warns if it is too old.
   *
   * @throws dev.freshet.error.UnsupportedReadException if it serves no such kind
   */
  static ResourceType kind(Freshet freshet, String name, Console console) {
    ServerVersion.check(freshet, console);
    return freshet.kinds().find(name).type();
  }

  /** A cache of one kind, of one namespace if it is given. */
  static CacheDeclaration cache(ResourceType type, Optional<String> namespace) {
    CacheDeclaration all = CacheDeclaration.of(type);
    return namespace.map(all::inNamespace).orElse(all);
  }
}
