/**
 * What a client of Freshet and its API server do, as pictures of a given size.
 *
 * <p>Called by {@code freshet top}. Knows a client's account of itself, a program's metrics and the
 * API server's; does not know how kinds are named, or when to look and where to draw.
 */
@NullMarked
package dev.freshet.cli.top;

import org.jspecify.annotations.NullMarked;
