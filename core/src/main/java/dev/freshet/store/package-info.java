/**
 * The cache itself: immutable snapshots of one stream's objects, published by one writer.
 *
 * <p>Feeds write, reads take a snapshot and hold it as long as they like, without a lock. Knows
 * objects, selectors and versions; knows nothing of requests or where the bytes came from.
 */
@NullMarked
package dev.freshet.store;

import org.jspecify.annotations.NullMarked;
