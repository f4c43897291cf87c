package dev.freshet.webhook;

/**
 * Changes what is about to be done. The rules of {@link Validator} hold here too. What it gives is
 * compared with the object of the review, and the difference is sent as JSON Patch.
 */
@FunctionalInterface
public interface Mutator<T> {
  Mutation<T> mutate(Review<T> review, View view) throws InterruptedException;
}
