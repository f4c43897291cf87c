/**
 * Benchmarks beside other libraries, for {@code ./build jmh}; what they gave is in {@code
 * docs/design/wire.md}. Every contender's result is compared before any is timed. Called by nobody;
 * knows everything that is public.
 */
@NullMarked
package dev.freshet.bench;

import org.jspecify.annotations.NullMarked;
