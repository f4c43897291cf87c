@NullMarked
package dev.freshet.testkit.junit;

import org.jspecify.annotations.NullMarked;
