/**
 * The bytes of objects in a fraction of their size: compressed one by one with a dictionary that is
 * trained on the kind, so that each can be read alone.
 */
@NullMarked
package dev.freshet.compact;

import org.jspecify.annotations.NullMarked;
