/**
 * The way to one API server: requests out, bytes in as they arrive.
 *
 * <p>Called by the gate only. Knows HTTP, TLS and deadlines; knows nothing of Kubernetes objects,
 * caches or consistency. Whoever connects (the fabric8 module, a test) supplies {@link
 * dev.freshet.transport.Credentials}.
 */
@NullMarked
package dev.freshet.transport;

import org.jspecify.annotations.NullMarked;
