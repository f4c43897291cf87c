/** Tests of what the benchmarks allocate. */
@NullMarked
package dev.freshet.bench;

import org.jspecify.annotations.NullMarked;
