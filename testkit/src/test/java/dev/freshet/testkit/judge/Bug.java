package dev.freshet.testkit.judge;

import static dev.freshet.testkit.judge.Rule.AGE;
import static dev.freshet.testkit.judge.Rule.BOOKMARKABLE;
import static dev.freshet.testkit.judge.Rule.CONVERGED;
import static dev.freshet.testkit.judge.Rule.CUT;
import static dev.freshet.testkit.judge.Rule.FILTERED;
import static dev.freshet.testkit.judge.Rule.FRESH;
import static dev.freshet.testkit.judge.Rule.FUTURE;
import static dev.freshet.testkit.judge.Rule.KEY_ORDER;
import static dev.freshet.testkit.judge.Rule.LOST_UPDATE;
import static dev.freshet.testkit.judge.Rule.MONOTONIC;
import static dev.freshet.testkit.judge.Rule.ORDER;
import static dev.freshet.testkit.judge.Rule.ORDERED;
import static dev.freshet.testkit.judge.Rule.OUTCOME;
import static dev.freshet.testkit.judge.Rule.RELIABLE;
import static dev.freshet.testkit.judge.Rule.RESUMABLE;
import static dev.freshet.testkit.judge.Rule.SNAPSHOT;
import static dev.freshet.testkit.judge.Rule.STREAM_END;
import static dev.freshet.testkit.judge.Rule.UNIQUE;

import java.util.Set;

/** A mistake that the simulation can make, and the rules that have to find it. */
enum Bug {
  NONE(false),
  /** A strong read passes its fence at a version that an earlier read had asked for. */
  STALE_FENCE(true, FRESH),
  /** A strong read joins a probe that was under way when it came. */
  JOINED_A_SENT_REQUEST(true, FRESH),
  /** A bookmark overtakes events. */
  EARLY_BOOKMARK(true, SNAPSHOT),
  /** One half of the answer is from one state, the other half from the next. */
  TORN_SNAPSHOT(true, SNAPSHOT),
  /** The cache keeps an object that was deleted. */
  LOST_DELETE(true, SNAPSHOT, CONVERGED),
  /** A list lets an object through that its selector excludes. */
  WRONG_SELECTOR(true, SNAPSHOT),
  /** Of several streams, the one that is furthest stands for all. */
  MAXIMUM_OVER_STREAMS(true, SNAPSHOT),
  /** A touch repeats what is there, is answered with the old version, and that counts as fence. */
  IDLE_TOUCH(true, FRESH),
  /** An old change from a second stream brings a deleted object back. */
  RESURRECTION(true, SNAPSHOT, KEY_ORDER),
  /** The frontier moves when an event is received, not when it is applied. */
  FRONTIER_ON_RECEIPT(true, SNAPSHOT),
  /** The first of several deletions with one version stands for all of them. */
  FIRST_OF_TWELVE(true, SNAPSHOT),
  /** A session does not note what its client read from the server. */
  FORGOTTEN_SERVER_READ(true, FRESH),
  /** An answer admits half of its age. */
  UNDERSTATED_AGE(false, AGE),
  /** A session's read gives up waiting and says that it is satisfied. */
  STALE_BUT_SATISFIED(true, FRESH),
  /** A bounded read takes the cache as it is. */
  UNBOUNDED(false, FRESH),
  /** A token forgets what its maker wrote. */
  FORGETFUL_TOKEN(true, FRESH),
  /** An exact read takes the state after. */
  INEXACT(false, FRESH),
  /** A cut takes its second kind a little later. */
  TORN_CUT(false, CUT),
  /** A relist from a server that lags takes the cache back. */
  BACK_IN_TIME(false, MONOTONIC),
  /** The server overwrites what the writer had not seen. */
  LOST_UPDATE_BY_SERVER(true, LOST_UPDATE),
  /** A retry hides that the first try succeeded. */
  HIDDEN_RETRY(false, OUTCOME),
  /** A write is acknowledged and lost. */
  LOST_WRITE(false, OUTCOME),
  /** A write gets its version from the time before it began. */
  WRITE_BEFORE_ITS_TIME(true, ORDER, FUTURE),
  /** A stream leaves out a change. */
  GAP_IN_STREAM(false, RELIABLE, STREAM_END),
  /** A stream tells a change again. */
  REPEATED_CHANGE(false, UNIQUE),
  /** A stream exchanges two changes. */
  EXCHANGED_CHANGES(false, ORDERED),
  /** A stream tells of an object that is not selected. */
  UNFILTERED_STREAM(false, FILTERED),
  /** A stream leaves out that an object left its selector. */
  LEAVING_UNTOLD(false, RELIABLE, STREAM_END),
  /** A resumed stream begins one change too late. */
  RESUMED_TOO_LATE(false, RESUMABLE),
  /** A stream's bookmark comes before a change up to its version. */
  BOOKMARK_BEFORE_CHANGE(false, BOOKMARKABLE);

  private final boolean linearizability;

  // Made by Set.of, but the checker looks at the declared type only.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Rule> foundBy;

  Bug(boolean linearizability, Rule... foundBy) {
    this.linearizability = linearizability;
    this.foundBy = Set.of(foundBy);
  }

  /** Whether a check of linearizability, which knows nothing of ages and streams, can see it. */
  boolean breaksLinearizability() {
    return linearizability;
  }

  Set<Rule> foundBy() {
    return foundBy;
  }
}
