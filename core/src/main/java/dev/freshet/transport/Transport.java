package dev.freshet.transport;

import dev.freshet.error.FreshetException;

/** Sends requests to one API server. Thread-safe. */
public interface Transport extends AutoCloseable {

  /**
   * Sends a request and returns once the status line and headers are here, whatever the status.
   * Blocks the calling thread, at most {@link ApiRequest#answerWithin()}.
   *
   * @throws dev.freshet.error.ConnectionException if the server cannot be reached
   * @throws dev.freshet.error.DeadlineException if no headers came in time
   * @throws dev.freshet.error.ClosedException if this transport is closed
   */
  ApiResponse send(ApiRequest request) throws FreshetException;

  /** Requests that this sent by itself, to see whether a quiet connection works. */
  default long keepaliveRequests() {
    return 0;
  }

  /** Gives up every open response and refuses new requests. Idempotent. */
  @Override
  void close();
}
