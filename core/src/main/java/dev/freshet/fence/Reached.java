package dev.freshet.fence;

import dev.freshet.object.ResourceVersion;
import dev.freshet.time.Moment;

/**
 * How far the server was at least, at some moment after the question was sent.
 *
 * @param version everything committed before the question is at or below it
 * @param asked when the question was sent
 * @param epoch the cache's epoch then: the version belongs to that history
 * @param requests that it took to learn it
 * @param bodyBytes of the answer
 * @param wireBytes of the answer, as they travelled
 */
public record Reached(
    ResourceVersion version,
    Moment asked,
    int epoch,
    int requests,
    long bodyBytes,
    long wireBytes) {}
