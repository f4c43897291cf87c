package dev.freshet.cli.measure;

import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer and when it was asked for.
 *
 * @param startNanos when the read began, by {@link System#nanoTime}
 * @param endNanos when it had ended, by the same
 * @param asOf the version it claims to be the state at
 * @param behindAtMost how old it claims to be at most
 */
record TimedAnswer(
    long startNanos,
    long endNanos,
    ResourceVersion asOf,
    Optional<Duration> behindAtMost,
    AnswerRows rows) {}
