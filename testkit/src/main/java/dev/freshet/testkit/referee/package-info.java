/**
 * A second witness beside the API server: what etcd itself committed, told by a watch of its own.
 *
 * <p>Start reading at {@link dev.freshet.testkit.referee.Referee}. Opened by tests before anything
 * else happens; its log is what {@link dev.freshet.testkit.judge.Judge} holds to be true. Speaks to
 * etcd through its HTTP/JSON gateway and never to an API server, whose cache is among the suspects.
 */
@NullMarked
package dev.freshet.testkit.referee;

import org.jspecify.annotations.NullMarked;
