/**
 * Decides when a request may be sent: budgets of callers and of the client, a concurrency that
 * adapts to the server, the pauses that the server asks for, and retries within a budget of their
 * own.
 *
 * <p>The gate asks here before each request and tells what came of it. Knows callers and purposes;
 * knows nothing of kinds, caches or bytes' meaning.
 */
@NullMarked
package dev.freshet.govern;

import org.jspecify.annotations.NullMarked;
