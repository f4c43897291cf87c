/**
 * A quota by admission webhook in two processes, through the real API server: is it ever broken,
 * and what does a review take?
 *
 * <p>Start reading at {@link dev.freshet.trials.admission.AdmissionTrial}. Called by {@code ./build
 * admission} and by a test. Judges by etcd's own history, not by what clients were answered.
 */
@NullMarked
package dev.freshet.trials.admission;

import org.jspecify.annotations.NullMarked;
