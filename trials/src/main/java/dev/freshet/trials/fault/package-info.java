/**
 * What can break between a cache and etcd, each kind by itself.
 *
 * <p>Start reading at {@link dev.freshet.trials.fault.FaultKind}. Called by rounds and soak. A
 * fault breaks something and mends it; it knows neither the cache nor what is expected of it.
 */
@NullMarked
package dev.freshet.trials.fault;

import org.jspecify.annotations.NullMarked;
