@NullMarked
package dev.freshet.compact;

import org.jspecify.annotations.NullMarked;
