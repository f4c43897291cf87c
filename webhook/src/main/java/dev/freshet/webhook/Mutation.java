package dev.freshet.webhook;

import java.util.Optional;

/**
 * What a mutator gives: the object as it should be, or why it may not be done. Immutable.
 *
 * @param object empty if it stays as it is
 * @param verdict warnings and annotations, or a refusal
 */
public record Mutation<T>(Optional<T> object, Verdict verdict) {

  /** It should be this. */
  public static <T> Mutation<T> to(T object) {
    return new Mutation<>(Optional.of(object), Verdict.allow());
  }

  /** It stays as it is. */
  public static <T> Mutation<T> none() {
    return new Mutation<>(Optional.empty(), Verdict.allow());
  }

  /** It may not be done. */
  public static <T> Mutation<T> deny(String message) {
    return new Mutation<>(Optional.empty(), Verdict.deny(message));
  }

  /** The same with another verdict, to warn or to annotate. */
  public Mutation<T> with(Verdict other) {
    return new Mutation<>(object, other);
  }
}
