/**
 * Every level at once, judged: client processes that read one cluster through two API servers, hand
 * on tokens and write, while things break.
 *
 * <p>Start reading at {@link dev.freshet.trials.levels.Leg}, which sets the stage and judges;
 * {@link dev.freshet.trials.levels.ClientMain} is what runs in each process, {@link
 * dev.freshet.trials.levels.Client} one of its clients. Called by its command and a test. Knows
 * nothing of how an answer is judged.
 */
@NullMarked
package dev.freshet.trials.levels;

import org.jspecify.annotations.NullMarked;
