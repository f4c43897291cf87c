package dev.freshet.error;

import org.jspecify.annotations.Nullable;

/**
 * The API server's answer was not what its content type promises. The stream it came from is given
 * up: no event is ever skipped.
 */
public final class MalformedResponseException extends FreshetException {

  private static final long serialVersionUID = 1L;

  private static final String REMEDY =
      "Something between this client and the API server may have cut or replaced the answer; the"
          + " read can be repeated.";

  /** What is wrong at a place, counted in bytes from the start of what was being read. */
  public static MalformedResponseException at(long place, String problem) {
    return new MalformedResponseException(problem + " (at byte " + place + ")", REMEDY);
  }

  public MalformedResponseException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public MalformedResponseException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
