package dev.freshet.testkit.history;

/**
 * A write to one object.
 *
 * @param collection the kind, as in {@link Query}
 * @param key {@code namespace/name}, or the name alone
 * @param verb what it did
 * @param uid of a delete, the precondition; of a put, from the answer, empty when not known
 * @param preconditionRv the version that the object had to have; {@link Answer#UNKNOWN} for any
 * @param tag of a put, what it wrote into the object, unique to this write; empty for a delete
 */
public record Write(
    long id,
    Caller caller,
    String collection,
    String key,
    Verb verb,
    String uid,
    long preconditionRv,
    String tag,
    long invokedNanos,
    long returnedNanos,
    Outcome outcome)
    implements Operation {
  /** What a write does to its object. */
  public enum Verb {
    /** Creates or changes it. */
    PUT,
    /** Removes it at once: a delete with a grace period of 0. */
    DELETE
  }
}
