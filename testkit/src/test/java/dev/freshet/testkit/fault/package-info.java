@NullMarked
package dev.freshet.testkit.fault;

import org.jspecify.annotations.NullMarked;
