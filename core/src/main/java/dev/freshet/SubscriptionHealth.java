package dev.freshet;

import java.time.Duration;
import java.util.Optional;

/**
 * How one handler keeps up.
 *
 * @param closed whether it is told nothing more
 * @param delivered how many times it has been called
 * @param queued how many changes wait for it, the rest of the initial list included
 * @param conflated how many changes it was not told by themselves, since the queue was full
 * @param failures how many calls have thrown
 * @param lastFailure what the last of those threw
 * @param behind how long the oldest change that it has not dealt with has been waiting; zero if
 *     there is none
 */
public record SubscriptionHealth(
    boolean closed,
    long delivered,
    int queued,
    long conflated,
    long failures,
    Optional<Throwable> lastFailure,
    Duration behind) {}
