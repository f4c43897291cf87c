package dev.freshet.webhook;

/**
 * Says whether something may be done. Called on a thread of its own for each review, several at
 * once; interrupted when the review's time is over, whose answer is then the declared one.
 *
 * <p>A {@link dev.freshet.error.FreshetException}, such as one of the view, gives the declared
 * answer with its problem as the reason. Any other exception is answered as an internal error.
 */
@FunctionalInterface
public interface Validator<T> {
  Verdict validate(Review<T> review, View view) throws InterruptedException;
}
