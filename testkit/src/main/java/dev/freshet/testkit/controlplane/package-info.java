/**
 * A real control plane on this machine: etcd and one or more kube-apiservers over it.
 *
 * <p>Start reading at {@link dev.freshet.testkit.controlplane.ControlPlane}. Called by tests, the
 * demo, benchmarks and {@code freshet control-plane}. Everything listens on 127.0.0.1, with
 * certificates of its own authority; nothing outlives the JVM, but for a {@link
 * dev.freshet.testkit.controlplane.DetachedControlPlane}. Knows nothing of what is put into the
 * cluster.
 */
@NullMarked
package dev.freshet.testkit.controlplane;

import org.jspecify.annotations.NullMarked;
