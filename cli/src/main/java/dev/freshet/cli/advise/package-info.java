/**
 * The load that a program puts on its API server, from a flight recording of it or live.
 *
 * <p>Called by {@code freshet advise}. Knows flight recordings and other JVMs of this machine; asks
 * no API server.
 */
@NullMarked
package dev.freshet.cli.advise;

import org.jspecify.annotations.NullMarked;
