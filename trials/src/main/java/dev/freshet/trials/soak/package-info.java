/**
 * A long run with light faults, to see whether anything grows.
 *
 * <p>Start reading at {@link dev.freshet.trials.soak.Soak}; {@code ./build soak} runs {@link
 * dev.freshet.trials.soak.SoakCommand}. What it gave is in {@code docs/design/trials.md}.
 */
@NullMarked
package dev.freshet.trials.soak;

import org.jspecify.annotations.NullMarked;
