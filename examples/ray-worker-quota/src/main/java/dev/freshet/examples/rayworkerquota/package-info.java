/**
 * A whole program: a webhook that admits at most so many Ray workers into each Ray cluster.
 *
 * <p>Run as a program in a Pod; {@code freshet demo webhook} and the trials take its rules too, the
 * two that do not hold included. Knows nothing of the cluster that it will run in.
 */
@NullMarked
package dev.freshet.examples.rayworkerquota;

import org.jspecify.annotations.NullMarked;
