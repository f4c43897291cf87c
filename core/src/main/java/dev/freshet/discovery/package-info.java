/**
 * Which kinds an API server serves, and under which names people know them.
 *
 * <p>Values only: the request package fills them, and whoever takes a kind's name from a person
 * asks them. Knows nothing of requests or reads.
 */
@NullMarked
package dev.freshet.discovery;

import org.jspecify.annotations.NullMarked;
