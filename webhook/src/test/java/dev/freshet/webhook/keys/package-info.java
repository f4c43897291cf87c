/** Self-made certificates: their rotation over years, and their trust by a real API server. */
@NullMarked
package dev.freshet.webhook.keys;

import org.jspecify.annotations.NullMarked;
