/**
 * The testkit: a real etcd and kube-apiserver on this machine, and realistic work for them.
 *
 * <p>Start reading at {@link dev.freshet.testkit.controlplane.ControlPlane}; tests usually need
 * only {@link dev.freshet.testkit.junit.WithControlPlane}. This package holds what all the others
 * share: the root of the typed errors and the way progress is told. It knows nothing of Freshet's
 * own reads.
 */
@NullMarked
package dev.freshet.testkit;

import org.jspecify.annotations.NullMarked;
