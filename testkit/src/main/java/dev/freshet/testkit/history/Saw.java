package dev.freshet.testkit.history;

/**
 * A session saw a version without a {@link Read}: by its own client's get from the server, by an
 * event, or because the program said so.
 *
 * @param collection the kind
 * @param namespace where the object lies, or what was listed; empty for all
 * @param rv the version of the object or of the list
 */
public record Saw(
    long id,
    Caller caller,
    String collection,
    String namespace,
    long rv,
    long invokedNanos,
    long returnedNanos)
    implements Operation {}
