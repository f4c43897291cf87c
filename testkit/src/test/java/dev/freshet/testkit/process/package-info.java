@NullMarked
package dev.freshet.testkit.process;

import org.jspecify.annotations.NullMarked;
