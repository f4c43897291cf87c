/**
 * What Freshet asks of the API server: URLs, the one gate they pass, and what failures mean.
 *
 * <p>Feeds and direct reads call it; it calls the transport. Knows the API's conventions; knows
 * nothing of caches or levels.
 */
@NullMarked
package dev.freshet.request;

import org.jspecify.annotations.NullMarked;
