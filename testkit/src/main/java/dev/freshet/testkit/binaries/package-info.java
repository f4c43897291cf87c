/**
 * The programs of a control plane: where they are found, and how they are built when they are not.
 * And programs in Go that tests ask for a second opinion.
 *
 * <p>Called by {@link dev.freshet.testkit.controlplane}, by {@code ./build control-plane} and by
 * tests. Knows Go and files; may not know how a control plane is run.
 */
@NullMarked
package dev.freshet.testkit.binaries;

import org.jspecify.annotations.NullMarked;
