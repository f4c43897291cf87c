package dev.freshet.webhook;

import dev.freshet.Consistency;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.regex.Pattern;

/**
 * One webhook: what it decides about, how consistent its view is, and what it says when it cannot
 * decide. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Webhook.validating("pod-quota", Pod.class, (review, view) -> …)
 *     .within(Consistency.strong())
 *     .undecided(Undecided.DENY);
 * }</pre>
 *
 * @param name whom its reads are charged to, and its path: lower-case letters, digits and dashes
 * @param kind the class of the objects
 * @param level of its views
 * @param undecided its answer where there is none in time
 * @param decision how it decides
 */
public record Webhook<T extends HasMetadata>(
    String name, Class<T> kind, Consistency level, Undecided undecided, Decision<T> decision) {

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
    return new Webhook<>(name, kind, Consistency.strong(), Undecided.DENY, decision);
  }

  /** The same with views of this level; {@code strong()} unless said. */
  public Webhook<T> level(Consistency other) {
    return new Webhook<>(name, kind, other, undecided, decision);
  }

  /** The same with this answer where there is none in time; {@code DENY} unless said. */
  public Webhook<T> undecided(Undecided other) {
    return new Webhook<>(name, kind, level, other, decision);
  }

  /** Where the API server posts its reviews. */
  public String path() {
    return "/" + name;
  }
}
