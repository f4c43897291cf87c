/**
 * Everything that can go wrong, as a closed set of types.
 *
 * <p>Each failure says what was asked, what was found and what to do about it. All packages throw
 * these; this package knows none of them. No message ever carries a credential or an object's
 * content.
 */
@NullMarked
package dev.freshet.error;

import org.jspecify.annotations.NullMarked;
