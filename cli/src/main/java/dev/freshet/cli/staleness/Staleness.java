package dev.freshet.cli.staleness;

import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one cache stands to the server at one moment.
 *
 * @param kind whose cache
 * @param head how far the server is; empty if it did not say
 * @param frontier how far the cache is; empty before its first list
 * @param behindAtMost how old the cache can be at most; empty if not known
 * @param eventsPerSecond changes that came lately; empty until there are two looks
 * @param lastBookmark how long ago a bookmark came; empty if none did
 * @param objects how many the cache holds
 * @param bytes of those objects
 * @param why one line: what the cache does, or waits for
 */
public record Staleness(
    String kind,
    Optional<ResourceVersion> head,
    Optional<ResourceVersion> frontier,
    Optional<Duration> behindAtMost,
    OptionalDouble eventsPerSecond,
    Optional<Duration> lastBookmark,
    long objects,
    long bytes,
    String why) {}
