/**
 * What happened in a test, as plain values: what clients did and were told ({@link
 * dev.freshet.testkit.history.History}), and what etcd really committed ({@link
 * dev.freshet.testkit.history.EtcdLog}).
 *
 * <p>Start reading at {@link dev.freshet.testkit.history.Recorder}. Filled by tests and by {@link
 * dev.freshet.testkit.referee.Referee}, judged by {@link dev.freshet.testkit.judge.Judge}. Knows
 * neither Freshet nor any other client: versions are numbers, times are nanoseconds of one
 * monotonic clock.
 */
@NullMarked
package dev.freshet.testkit.history;

import org.jspecify.annotations.NullMarked;
