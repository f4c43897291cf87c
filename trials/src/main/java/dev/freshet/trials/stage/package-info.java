/**
 * What every trial needs: a control plane whose connections can be broken, Pods that change all the
 * while, one Freshet that follows them, and readers that write down what they are told.
 *
 * <p>Start reading at {@link dev.freshet.trials.stage.Stage}. Called by rounds and soak. Knows
 * nothing of what is broken, when, or how it is judged.
 */
@NullMarked
package dev.freshet.trials.stage;

import org.jspecify.annotations.NullMarked;
