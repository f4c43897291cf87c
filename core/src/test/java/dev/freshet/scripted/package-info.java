/** A scripted server and injected time, for tests that decide what happens when. */
@NullMarked
package dev.freshet.scripted;

import org.jspecify.annotations.NullMarked;
