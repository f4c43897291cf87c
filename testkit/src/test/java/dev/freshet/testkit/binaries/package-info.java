@NullMarked
package dev.freshet.testkit.binaries;

import org.jspecify.annotations.NullMarked;
