/**
 * Realistic Pods, many of them, and writes to them at a steady rate.
 *
 * <p>Used by the demo, benchmarks and fault tests against any API server that a fabric8 {@code
 * Config} reaches. Start reading at {@link dev.freshet.testkit.workload.Workload} and {@link
 * dev.freshet.testkit.workload.Churn}. What is written is a pure function of a seed and an index.
 * Knows nothing of how the control plane runs, nor of how its objects are read.
 */
@NullMarked
package dev.freshet.testkit.workload;

import org.jspecify.annotations.NullMarked;
