/**
 * From protobuf to fabric8's model objects, without a detour over JSON and with the same result.
 *
 * <p>Called by the models of the package above. Knows field tables and fabric8's classes; knows
 * nothing of connections or reads.
 */
@NullMarked
package dev.freshet.fabric8.decode;

import org.jspecify.annotations.NullMarked;
