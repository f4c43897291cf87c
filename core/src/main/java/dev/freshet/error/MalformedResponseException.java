package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/**
 * The API server's answer was not what its content type promises. The stream it came from is given
 * up: no event is ever skipped.
 */
public final class MalformedResponseException extends FreshetException {

  private static final long serialVersionUID = 1L;

  private static final long NOWHERE = -1;

  private static final String REMEDY =
      "Something between this client and the API server may have cut or replaced the answer; the"
          + " read can be repeated.";

  private final String problem;
  private final long place;

  /** What is wrong at a place, counted in bytes from the start of what was being read. */
  public static MalformedResponseException at(long place, String problem) {
    return new MalformedResponseException(problem, place);
  }

  private MalformedResponseException(String problem, long place) {
    super(problem + " (at byte " + place + ")", REMEDY, null);
    this.problem = problem;
    this.place = place;
  }

  public MalformedResponseException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public MalformedResponseException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
    this.problem = problem;
    this.place = NOWHERE;
  }

  /**
   * The same failure for whoever reads more than that: the place is counted from so many bytes
   * before. Itself if it names no place.
   */
  public MalformedResponseException movedBy(long bytes) {
    if (place == NOWHERE || bytes == 0) {
      return this;
    }
    MalformedResponseException moved = new MalformedResponseException(problem, place + bytes);
    moved.setStackTrace(getStackTrace());
    return moved;
  }
}
