@NullMarked
package dev.freshet.testkit.history;

import org.jspecify.annotations.NullMarked;
