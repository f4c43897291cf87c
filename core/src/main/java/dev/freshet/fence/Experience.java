package dev.freshet.fence;

import java.time.Duration;

/**
 * What the fences of one stream have taken lately. Immutable.
 *
 * @param probe from a probe's sending to its answer
 * @param bookmark from there until a bookmark watch had brought the frontier, where no event did
 * @param touch until a touch may be sent, and from its sending until its event
 * @param atOnce the share of probes that found nothing newer than the cache, from 0 to 1
 * @param changesPerSecond how often the stream changes by itself
 */
public record Experience(
    Duration probe, Duration bookmark, Duration touch, double atOnce, double changesPerSecond) {}
