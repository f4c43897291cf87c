/**
 * Faults between a client and an API server, on demand and one by one.
 *
 * <p>Start reading at {@link dev.freshet.testkit.fault.FaultProxy}, which disturbs the bytes
 * between a client and a real API server; {@link dev.freshet.testkit.fault.RequestProxy} disturbs
 * chosen requests to one, and {@link dev.freshet.testkit.fault.FaultServer} stands in for one.
 * Called by tests of anything that talks to Kubernetes. Everything listens on 127.0.0.1. Knows
 * nothing of Freshet's own reads, nor of what is put into the cluster.
 */
@NullMarked
package dev.freshet.testkit.fault;

import org.jspecify.annotations.NullMarked;
