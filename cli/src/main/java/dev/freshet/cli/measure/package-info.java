/**
 * The same query read by several routes side by side: how long, how many bytes, how stale; and
 * rates of what is looked at again and again.
 *
 * <p>Called by {@code demo}, {@code compare}, {@code staleness} and {@code top}. Knows reads and a
 * log of acknowledged writes; does not know who writes, or how results are shown.
 */
@NullMarked
package dev.freshet.cli.measure;

import org.jspecify.annotations.NullMarked;
