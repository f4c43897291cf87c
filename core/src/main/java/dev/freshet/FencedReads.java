package dev.freshet;

import dev.freshet.error.ApiException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FenceException;
import dev.freshet.error.FreshetException;
import dev.freshet.fence.Passed;
import dev.freshet.fence.StreamFence;
import dev.freshet.store.Cut;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Answers from the cache once a fence has shown that it holds everything committed before the read
 * began. Of one stream only: several have no moment in common.
 */
final class FencedReads {

  /**
   * How long a fence may take before the server is asked for the answer itself; a bookmark watch
   * needs 2.1 s at most.
   */
  static final Duration FENCE_WITHIN = Duration.ofSeconds(5);

  private final StreamFence fence;

  FencedReads(StreamFence fence) {
    this.fence = fence;
  }

  /** This, or less if a fence never needs so long. */
  static Duration atMost(Duration patience) {
    return patience.compareTo(FENCE_WITHIN) < 0 ? patience : FENCE_WITHIN;
  }

  /** What came of it: an answer, or why the server has to be asked. */
  sealed interface Outcome {
    record Answered(Answer answer, Cut cut) implements Outcome {}

    /** Nobody knows who shared a fence that failed, so the read is charged all of it. */
    record InVain(String why, int requests) implements Outcome {}
  }

  /**
   * Passes the fence and answers.
   *
   * @param deadline of the fence
   */
  Outcome read(Plan plan, String caller, Deadline deadline, BiFunction<Cut, Plan, Answer> fromCut) {
    Passed passed;
    try {
      passed =
          switch (plan.route()) {
            case PROBE -> fence.byProbe(caller, deadline);
            case BOOKMARK -> fence.byBookmark(caller, deadline);
            case TOUCH -> fence.byTouch(caller, deadline);
            case CACHED, DIRECT, SNAPSHOT, EXACT ->
                throw new IllegalStateException(plan.route() + " is no fence");
          };
    } catch (FreshetException e) {
      return new Outcome.InVain(why(plan, e), 1);
    }
    Cut cut = new Cut(List.of(passed.snapshot()));
    Answer answer = fromCut.apply(cut, plan);
    var by = passed.by();
    return new Outcome.Answered(
        new Answer(
            answer.objects(),
            answer
                .provenance()
                .spent(
                    new Provenance.Requests(by.answer().requests(), by.readers())
                        .and(passed.pushed() ? 1 : 0),
                    new Provenance.Bytes(by.answer().bodyBytes(), by.answer().wireBytes()))),
        cut);
  }

  /** Only what asking the server may mend is in vain; the rest is the read's own failure. */
  private static String why(Plan plan, FreshetException e) {
    return switch (e) {
      case FenceException f -> "the " + plan.route() + " was in vain: " + f.problem();
      case DeadlineException d -> "the " + plan.route() + " took too long";
      case ApiException a -> "the " + plan.route() + " was refused: " + a.problem();
      case ConnectionException c -> "the " + plan.route() + " broke off: " + c.problem();
      default -> throw e;
    };
  }
}
