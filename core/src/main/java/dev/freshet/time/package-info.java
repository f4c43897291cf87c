/** Time as everything here sees it: injected, so that tests decide when it passes. */
@NullMarked
package dev.freshet.time;

import org.jspecify.annotations.NullMarked;
