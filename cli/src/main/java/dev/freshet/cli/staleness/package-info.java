/**
 * How far caches are behind the server, looked at again and again.
 *
 * <p>Called by {@code staleness} and {@code top}. Knows reads and the health of caches; does not
 * know how kinds are named or where lines are printed.
 */
@NullMarked
package dev.freshet.cli.staleness;

import org.jspecify.annotations.NullMarked;
