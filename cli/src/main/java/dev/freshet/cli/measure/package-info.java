/**
 * The same query read by several routes side by side: how long, how many bytes, how stale.
 *
 * <p>Called by {@code demo} and {@code compare}. Knows reads and a log of acknowledged writes; does
 * not know who writes, or how results are shown.
 */
@NullMarked
package dev.freshet.cli.measure;

import org.jspecify.annotations.NullMarked;
