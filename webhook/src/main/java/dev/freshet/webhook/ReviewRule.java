package dev.freshet.webhook;

/**
 * Decides about reviews and chooses itself when to look at the cluster, perhaps more than once. For
 * rules that must order what they do around their view, as constraints with claims; most are a
 * {@link Validator}, to which the rules of calling are the same.
 */
@FunctionalInterface
public interface ReviewRule<T> {
  Verdict decide(Review<T> review, Views views) throws InterruptedException;
}
