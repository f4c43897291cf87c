package dev.freshet.testkit.fault;

/** The way that bytes go through a {@link FaultProxy}. */
public enum Direction {
  /** Requests: from the client to the API server. */
  TO_SERVER,

  /** Answers: from the API server to the client. */
  TO_CLIENT
}
