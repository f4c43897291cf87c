/** Tests of the queue between a store and a handler. */
@NullMarked
package dev.freshet.change;

import org.jspecify.annotations.NullMarked;
