/**
 * Changes on their way from a store to whoever handles them: the bounded queue between the feed's
 * thread, which must not wait, and a handler's, which may take its time.
 *
 * <p>Called by the subscriptions in {@code dev.freshet}. It may not know what a change means to
 * them, nor who made it.
 */
@NullMarked
package dev.freshet.change;

import org.jspecify.annotations.NullMarked;
