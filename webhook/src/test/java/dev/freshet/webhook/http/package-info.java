/**
 * Tests of the HTTPS server, by clients that write each byte themselves.
 *
 * <p>Called by nobody. What a deadline does is tested in the time of an embedded channel, which the
 * test lets pass; all else over TLS on 127.0.0.1.
 */
@NullMarked
package dev.freshet.webhook.http;

import org.jspecify.annotations.NullMarked;
