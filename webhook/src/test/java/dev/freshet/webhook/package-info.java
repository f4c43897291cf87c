/** Webhooks before the real API server, and the wire form of reviews. */
@NullMarked
package dev.freshet.webhook;

import org.jspecify.annotations.NullMarked;
