/**
 * {@code ./build bench}: clients side by side on one control plane, each alone in a process of its
 * own, and what they took. The contenders' side is {@code dev.freshet.bench.contender}, {@code
 * bench/client-go} and {@code bench/kube-rs}; what it gave is in {@code docs/design/bench.md}.
 */
@NullMarked
package dev.freshet.bench.contest;

import org.jspecify.annotations.NullMarked;
