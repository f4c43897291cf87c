/**
 * Admission webhooks before a real API server: the certificate that it shows to them, and their
 * registration in one line.
 *
 * <p>Called by tests of anything that serves admission reviews. Knows nothing of what a webhook
 * decides nor of how it serves.
 */
@NullMarked
package dev.freshet.testkit.webhook;

import org.jspecify.annotations.NullMarked;
