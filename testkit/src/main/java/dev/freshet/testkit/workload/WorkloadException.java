package dev.freshet.testkit.workload;

import dev.freshet.testkit.TestkitException;

/** The API server refused a part of the workload, or did not answer. */
public final class WorkloadException extends TestkitException {
  private static final long serialVersionUID = 1L;

  WorkloadException(String message) {
    super(message);
  }
}
