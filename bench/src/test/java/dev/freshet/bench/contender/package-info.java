/** Tests of what every Java contender says. */
@NullMarked
package dev.freshet.bench.contender;

import org.jspecify.annotations.NullMarked;
