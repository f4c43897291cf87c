/**
 * An HTTPS server for what kube-apiserver posts to webhooks and what kubelet probes: HTTP/1.1 over
 * TLS, client certificates, and a limit on everything that a client decides.
 *
 * <p>Called by whoever mounts handlers in an {@link dev.freshet.webhook.http.HttpsServer}. Knows
 * bytes, paths and certificates, and of Freshet only its errors; knows nothing of admission
 * reviews, objects or caches.
 */
@NullMarked
package dev.freshet.webhook.http;

import org.jspecify.annotations.NullMarked;
