/**
 * Child processes that cannot outlive this JVM, however it ends.
 *
 * <p>Used by the other packages of the testkit; not meant for anyone else. Knows POSIX processes
 * and {@code sh}, and nothing of Kubernetes.
 */
@NullMarked
package dev.freshet.testkit.process;

import org.jspecify.annotations.NullMarked;
