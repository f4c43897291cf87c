package dev.freshet.webhook;

/** What was sent is no review. The message quotes nothing of it. */
public final class BadReviewException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String problem;

  BadReviewException(int status, String problem) {
    super(problem);
    this.status = status;
    this.problem = problem;
  }

  /** What is wrong, in one line. */
  public String problem() {
    return problem;
  }

  /** The HTTP status to answer with. */
  public int status() {
    return status;
  }
}
