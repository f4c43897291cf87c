/**
 * The control plane as a JUnit extension: one for all test classes of a JVM.
 *
 * <p>For test code; needs {@code junit-jupiter-api} on its class path. Knows the control plane, and
 * nothing of Freshet's reads.
 */
@NullMarked
package dev.freshet.testkit.junit;

import org.jspecify.annotations.NullMarked;
