package dev.freshet.cli;

import dev.freshet.CacheDeclaration;
import dev.freshet.object.ObjectKey;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The object that a touch writes into. */
final class TouchOption {

  @Option(
      names = "--touch",
      paramLabel = "[NS/]NAME",
      description = {
        "The object of this kind that a touch writes into: a condition in the status of a Pod, "
            + "an annotation elsewhere. \"freshet fence rbac\" prints the rights for it."
      })
  private Optional<String> object = Optional.empty();

  boolean isGiven() {
    return object.isPresent();
  }

  /** The declaration of a target's cache, with the object that may be touched if one is given. */
  CacheDeclaration in(CacheDeclaration cache, Target target) {
    return of(target).map(key -> cache.touching(key.namespace(), key.name())).orElse(cache);
  }

  /**
   * The object, which must be among those that are read.
   *
   * @throws CommandFailure if it is not
   */
  Optional<ObjectKey> of(Target target) {
    return object.map(text -> key(text, target));
  }

  private static ObjectKey key(String text, Target target) {
    int slash = text.indexOf('/');
    String name = text.substring(slash + 1);
    require(!name.isEmpty(), "--touch " + text + " names no object", "Write NAMESPACE/NAME.");
    if (!target.type().namespaced()) {
      require(slash < 0, target.type() + " live in no namespace", "Write --touch NAME.");
      return new ObjectKey("", name);
    }
    Optional<String> only = target.namespace();
    require(
        slash >= 0 || only.isPresent(),
        "--touch " + text + " names no namespace, and all are read",
        "Write --touch NAMESPACE/NAME.");
    String namespace = slash < 0 ? only.orElseThrow() : text.substring(0, slash);
    require(
        only.isEmpty() || only.get().equals(namespace),
        "--touch " + text + " is not in namespace " + only.orElse("") + ", which is read",
        "Touch an object among those that are read, or read all namespaces with -A.");
    return new ObjectKey(namespace, name);
  }

  private static void require(boolean sound, String problem, String remedy) {
    if (!sound) {
      throw new CommandFailure(problem, remedy);
    }
  }
}
