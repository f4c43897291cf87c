package dev.freshet.testkit.history;

/**
 * A list or a get that was answered. One that failed promises nothing and is only counted.
 *
 * @param level what was promised
 * @param cut reads of several kinds that were promised to show one moment carry the same name here;
 *     else empty
 */
public record Read(
    long id,
    Caller caller,
    Query query,
    Level level,
    String cut,
    long invokedNanos,
    long returnedNanos,
    Answer answer)
    implements Operation {}
