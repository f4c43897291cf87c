package dev.freshet.testkit.history;

/**
 * A session took a token of somebody else's: from here on it must see what the token's maker saw.
 *
 * @param token the name under which a {@link Minted} records it
 */
public record Adopted(long id, Caller caller, String token, long invokedNanos, long returnedNanos)
    implements Operation {}
