package dev.freshet.testkit.fault;

import io.fabric8.kubernetes.api.model.Status;

/** What a {@link RequestProxy} does to a request. */
public sealed interface Fault {
  /**
   * The request reaches the server; nothing of its answer passes until the disturbance is lifted,
   * while everything else on the same connection flows. Requests that are open already are held
   * from now on, too. At most 64 KiB and one frame wait in the proxy; then the server stops.
   */
  record Hold() implements Fault {}

  /** The request does not reach the server. */
  record LoseRequest(Break how) implements Fault {}

  /** The server answers to the end, and then the client sees a break instead of the answer. */
  record LoseAnswer(Break how) implements Fault {}

  /**
   * The answer breaks off inside its body.
   *
   * @param afterBytes body bytes that pass before, as they are on the wire; an answer that is
   *     shorter passes whole
   */
  record CutAnswer(long afterBytes, Break how) implements Fault {}

  /** The server answers to the end, and the client gets this failure instead. */
  record ReplaceAnswer(Status failure) implements Fault {}

  /** The request does not reach the server; the client gets this failure. */
  record Refuse(Status failure) implements Fault {}
}
