/**
 * The way in for programs that use the fabric8 client: which cluster, who we are there, and writes.
 *
 * <p>Called by user programs and by the command-line tool. Turns a fabric8 {@code Config} into a
 * {@link dev.freshet.transport.Transport} that follows rotation, and into an ordinary fabric8
 * client for writes that never repeats one blindly. Knows nothing of caches or consistency.
 */
@NullMarked
package dev.freshet.fabric8;

import org.jspecify.annotations.NullMarked;
