package dev.freshet.cli.measure;

/**
 * What an answer missed.
 *
 * @param stale whether it missed a write that was acknowledged before the read began
 * @param stalenessNanos from the acknowledgement of the oldest missed write to the read's
 *     beginning; 0 if none was missed
 * @param understated whether its provenance claimed to be less behind than that
 * @param contradictory whether it lacks a write although its version includes it; may also come of
 *     a delete under way, which is known only once that is acknowledged
 */
record Verdict(boolean stale, long stalenessNanos, boolean understated, boolean contradictory) {}
