/** Tests of what the bench makes of its measures. */
@NullMarked
package dev.freshet.bench.contest;

import org.jspecify.annotations.NullMarked;
