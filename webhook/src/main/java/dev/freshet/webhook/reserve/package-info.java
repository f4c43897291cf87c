/**
 * Constraints that reviews in flight cannot break together: at most so many objects in a group, a
 * value that is used once.
 *
 * <p>Called by user programs, which hand a {@link dev.freshet.webhook.reserve.Constraint} to a
 * webhook. The order of its steps is everything; docs/design/reservations.md says why. Knows
 * nothing of HTTP or of the wire form of reviews.
 */
@NullMarked
package dev.freshet.webhook.reserve;

import org.jspecify.annotations.NullMarked;
