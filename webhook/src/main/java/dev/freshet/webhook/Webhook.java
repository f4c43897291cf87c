package dev.freshet.webhook;

import dev.freshet.Consistency;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One webhook: what it decides about, how consistent its view is, and what it says when it cannot
 * decide. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Webhook.validating("pod-quota", Pod.class, (review, view) -> …)
 *     .level(Consistency.strong())
 *     .undecided(Undecided.DENY);
 * }</pre>
 *
 * @param name whom its reads are charged to, and its path: lower-case letters, digits and dashes
 * @param kind the class of the objects
 * @param level of its views
 * @param together kinds that its views show at one version of the etcd that they share
 * @param undecided its answer where there is none in time
 * @param decision how it decides
 */
public record Webhook<T extends HasMetadata>(
    String name,
    Class<T> kind,
    Consistency level,
    Set<Class<? extends HasMetadata>> together,
    Undecided undecided,
    Decision<T> decision) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** What is said when the cluster cannot be seen in time. */
  public enum Undecided {
    ALLOW,
    DENY
  }

  /** How a webhook decides. */
  sealed interface Decision<T> {
    record Validates<T>(Validator<T> validator) implements Decision<T> {}

    record Mutates<T>(Mutator<T> mutator) implements Decision<T> {}

    record Rules<T>(ReviewRule<T> rule) implements Decision<T> {}
  }

  public Webhook {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a webhook's name has 1 to 63 lower-case letters, digits and dashes, not \""
              + name
              + "\"");
    }
    together = Set.copyOf(together);
    if (!together.isEmpty() && !(level instanceof Consistency.Strong)) {
      throw new IllegalArgumentException(
          "several kinds are shown at one version by strong() views only, not " + level);
    }
  }

  /** A validating webhook. */
  public static <T extends HasMetadata> Webhook<T> validating(
      String name, Class<T> kind, Validator<T> validator) {
    return of(name, kind, new Decision.Validates<>(validator));
  }

  /** A mutating webhook. */
  public static <T extends HasMetadata> Webhook<T> mutating(
      String name, Class<T> kind, Mutator<T> mutator) {
    return of(name, kind, new Decision.Mutates<>(mutator));
  }

  /** A validating webhook by a rule that chooses its views itself. */
  public static <T extends HasMetadata> Webhook<T> deciding(
      String name, Class<T> kind, ReviewRule<T> rule) {
    return of(name, kind, new Decision.Rules<>(rule));
  }

  private static <T extends HasMetadata> Webhook<T> of(
      String name, Class<T> kind, Decision<T> decision) {
    return new Webhook<>(name, kind, Consistency.strong(), Set.of(), Undecided.DENY, decision);
  }

  /** The same with views of this level; {@code strong()} unless said. */
  public Webhook<T> level(Consistency other) {
    return new Webhook<>(name, kind, other, together, undecided, decision);
  }

  /** The same with this answer where there is none in time; {@code DENY} unless said. */
  public Webhook<T> undecided(Undecided other) {
    return new Webhook<>(name, kind, level, together, other, decision);
  }

  /**
   * The same with views that show these kinds at one version, so that what one refers to in another
   * is as it was at that moment. All of them must be declared to {@linkplain
   * dev.freshet.fabric8.FreshetOptions#sharingEtcd share an etcd}; any other kind is pinned by
   * itself, when it is first read.
   */
  @SafeVarargs
  public final Webhook<T> together(Class<? extends HasMetadata>... kinds) {
    Set<Class<? extends HasMetadata>> all = new HashSet<>();
    for (Class<? extends HasMetadata> one : kinds) {
      all.add(one);
    }
    return new Webhook<>(name, kind, level, all, undecided, decision);
  }

  /** Where the API server posts its reviews. */
  public String path() {
    return "/" + name;
  }
}
