/**
 * The Java contenders of {@code ./build bench}, each a process of its own that takes orders and
 * answers with measures; those in Go and Rust speak the same. Started by {@code
 * dev.freshet.bench.contest}, which may not be known here: a contender has nothing loaded but its
 * client.
 */
@NullMarked
package dev.freshet.bench.contender;

import org.jspecify.annotations.NullMarked;
