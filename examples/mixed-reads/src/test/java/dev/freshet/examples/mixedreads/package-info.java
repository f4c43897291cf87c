/** The program on a real control plane, and what it exposes. */
@NullMarked
package dev.freshet.examples.mixedreads;

import org.jspecify.annotations.NullMarked;
