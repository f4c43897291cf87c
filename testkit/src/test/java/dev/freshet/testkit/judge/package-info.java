@NullMarked
package dev.freshet.testkit.judge;

import org.jspecify.annotations.NullMarked;
