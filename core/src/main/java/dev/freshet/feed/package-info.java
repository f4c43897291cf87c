/**
 * Keeps a store equal to what one stream of the API server says: list, then watch, for ever.
 *
 * <p>Started and closed by the cluster; writes to the store and is its only writer. Knows the rules
 * by which a frontier may move; knows nothing of reads or levels.
 */
@NullMarked
package dev.freshet.feed;

import org.jspecify.annotations.NullMarked;
