/**
 * Many clients that share nothing meet an API server that was killed: how many lists they make, and
 * how these spread over time, by the server's own account. Freshet's beside fabric8's informers.
 *
 * <p>Start reading at {@link dev.freshet.trials.herd.HerdTrial}. Knows nothing of how either of
 * them spreads its lists.
 */
@NullMarked
package dev.freshet.trials.herd;

import org.jspecify.annotations.NullMarked;
