/**
 * From the bytes of an answer to stored objects, while the bytes arrive.
 *
 * <p>Feeds and direct reads push chunks in; a body is never held whole. Knows wire formats; knows
 * neither HTTP nor the store. A bad byte ends the stream with a {@code MalformedResponseException}:
 * nothing is ever skipped.
 */
@NullMarked
package dev.freshet.codec;

import org.jspecify.annotations.NullMarked;
