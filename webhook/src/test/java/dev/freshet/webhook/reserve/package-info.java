/** Reservations without a cluster. */
@NullMarked
package dev.freshet.webhook.reserve;

import org.jspecify.annotations.NullMarked;
