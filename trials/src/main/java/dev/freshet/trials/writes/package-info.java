/**
 * Creates with generated names while connections break: nothing may be created twice, and what was
 * created may not be reported as failed.
 *
 * <p>Start reading at {@link dev.freshet.trials.writes.Creates}; {@code ./build writes} runs {@link
 * dev.freshet.trials.writes.WritesCommand}. What it gave is in {@code docs/design/trials.md}.
 */
@NullMarked
package dev.freshet.trials.writes;

import org.jspecify.annotations.NullMarked;
