package dev.freshet.testkit.history;

/**
 * Who did something.
 *
 * @param client a thread of work, one operation after the other
 * @param session what {@link Level.ReadYourWrites} is promised to; several clients may share one
 * @param cache the cache that answers; unique over all processes
 */
public record Caller(String client, String session, String cache) {}
