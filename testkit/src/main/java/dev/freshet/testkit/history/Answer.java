package dev.freshet.testkit.history;

/**
 * What a read was told.
 *
 * @param asOf the collection's version; {@value #UNKNOWN} from peers that do not say
 * @param route how the answer was found
 * @param epoch the history that the answer claims to belong to, counted by the answering cache; 0
 *     for an answer straight from the server
 * @param behindAtMostNanos the age that the answer admits; {@value #UNKNOWN} when it admits none
 * @param satisfied whether the answer claims to meet its level
 * @param requestsSent how many requests were sent for it
 * @param requestsShared how many reads shared them, at least 1
 * @param items the objects
 */
public record Answer(
    long asOf,
    Route route,
    int epoch,
    long behindAtMostNanos,
    boolean satisfied,
    int requestsSent,
    int requestsShared,
    Items items) {
  /** A version or a time that the answer does not tell. */
  public static final long UNKNOWN = -1;

  /** What an answer says about itself; the objects come beside it. */
  public record Claims(
      long asOf,
      Route route,
      int epoch,
      long behindAtMostNanos,
      boolean satisfied,
      int requestsSent,
      int requestsShared) {
    /** An answer that tells its version and its route, and no more. */
    public static Claims of(long asOf, Route route) {
      return new Claims(asOf, route, 0, UNKNOWN, true, 0, 1);
    }

    Answer with(Items items) {
      return new Answer(
          asOf, route, epoch, behindAtMostNanos, satisfied, requestsSent, requestsShared, items);
    }
  }
}
