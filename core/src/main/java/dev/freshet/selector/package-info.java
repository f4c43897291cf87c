/**
 * Label and field selectors with the grammar and meaning of the API server.
 *
 * <p>Used by queries and by the store's indexes; depends on nothing but labels and errors.
 */
@NullMarked
package dev.freshet.selector;

import org.jspecify.annotations.NullMarked;
