@NullMarked
package dev.freshet.testkit.referee;

import org.jspecify.annotations.NullMarked;
