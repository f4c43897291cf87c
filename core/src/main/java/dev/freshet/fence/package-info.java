/**
 * Fences: proofs that a cache holds everything that was committed before a read began.
 *
 * <p>A fence is a version R that the server gave after the read began ({@link
 * dev.freshet.fence.Gathering}, under the batching rule), and a frontier that has reached it, which
 * somebody may help along ({@link dev.freshet.fence.StreamFence}). Called by reads; knows feeds and
 * stores; knows nothing of levels or plans.
 */
@NullMarked
package dev.freshet.fence;

import org.jspecify.annotations.NullMarked;
