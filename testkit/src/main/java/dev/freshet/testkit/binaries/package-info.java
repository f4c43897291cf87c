/**
 * The programs of a control plane: where they are found, and how they are built when they are not.
 *
 * <p>Called by {@link dev.freshet.testkit.controlplane} and by {@code ./build control-plane}. Knows
 * Go and files; may not know how the programs are run.
 */
@NullMarked
package dev.freshet.testkit.binaries;

import org.jspecify.annotations.NullMarked;
