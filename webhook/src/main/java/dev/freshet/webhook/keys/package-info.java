/**
 * Certificates that a webhook makes for itself: nobody has to bring any, and API servers trust them
 * because the webhook writes its authority into its own configurations.
 *
 * <p>Start reading at {@link dev.freshet.webhook.keys.SelfMadeKeys}; what happens when is decided
 * by {@link dev.freshet.webhook.keys.Rotation} alone. Knows nothing of reviews nor of how the
 * certificates are served.
 */
@NullMarked
package dev.freshet.webhook.keys;

import org.jspecify.annotations.NullMarked;
