/**
 * What an admission webhook needs to be deployed, as objects to apply.
 *
 * <p>Called by {@code freshet webhook manifests}. Knows the API's objects and safe defaults; asks
 * no server, and does not know where text is printed.
 */
@NullMarked
package dev.freshet.cli.webhook;

import org.jspecify.annotations.NullMarked;
