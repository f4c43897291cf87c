/**
 * Decides whether a history could have happened over what etcd committed.
 *
 * <p>Start reading at {@link dev.freshet.testkit.judge.Judge}. Called by tests after a run, on one
 * {@link dev.freshet.testkit.history.History} and the {@link dev.freshet.testkit.history.EtcdLog}
 * of its referee. Since every answer carries a version, no search is needed: each rule is a sweep
 * over sorted operations. Knows nothing of Freshet, so that a mistake there cannot be repeated
 * here: selectors, folds and hashes are its own.
 */
@NullMarked
package dev.freshet.testkit.judge;

import org.jspecify.annotations.NullMarked;
