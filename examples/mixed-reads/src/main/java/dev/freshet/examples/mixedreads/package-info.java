/**
 * A whole program: a controller that gives each shard of a database one primary, and its dashboard.
 * Each of its reads is as strong as it must be, and no stronger.
 *
 * <p>Run as a program in a Pod or beside kubectl. Knows nothing of the cluster that it will run in.
 */
@NullMarked
package dev.freshet.examples.mixedreads;

import org.jspecify.annotations.NullMarked;
