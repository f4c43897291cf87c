package dev.freshet.time;

/** One point in time on both clocks of a {@link TimeSource}. */
public record Moment(long monotonicNanos, long wallMillis) {}
