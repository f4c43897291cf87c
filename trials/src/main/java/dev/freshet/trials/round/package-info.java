/**
 * Fault rounds: one fault each, on a control plane of its own, judged from the first read to the
 * last.
 *
 * <p>Start reading at {@link dev.freshet.trials.round.Round}; {@code ./build rounds} runs {@link
 * dev.freshet.trials.round.RoundsCommand}. What they gave is in {@code docs/design/trials.md}.
 */
@NullMarked
package dev.freshet.trials.round;

import org.jspecify.annotations.NullMarked;
