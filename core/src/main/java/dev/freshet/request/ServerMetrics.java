package dev.freshet.request;

import dev.freshet.error.ApiException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Asks an API server for what it measures of itself, in Prometheus' text format: megabytes, about a
 * twentieth of that as they travel. Thread-safe.
 */
public final class ServerMetrics {

  /** Bytes of one answer, after decompression; one of a large cluster has some 50 MB. */
  static final long MAX_BYTES = 256L << 20;

  private static final String PATH = "/metrics";
  private static final String TEXT = "text/plain;version=0.0.4";

  private final RequestGate gate;
  private final String caller;

  public ServerMetrics(RequestGate gate, String caller) {
    this.gate = gate;
    this.caller = caller;
  }

  /**
   * Reads all, while it arrives.
   *
   * @param sink given the text piece by piece; a buffer is only its own until it returns
   * @throws ApiException if the server refuses
   * @throws LimitExceededException if there is more than {@value #MAX_BYTES} bytes of it
   */
  public void read(Deadline deadline, Consumer<ByteBuffer> sink) {
    var request =
        new ApiRequest(ApiRequest.Purpose.DIRECT, caller, PATH, TEXT, true, deadline.remaining());
    try (ApiResponse response = gate.send(request)) {
      if (response.status() != 200) {
        throw Failures.ofPath(response.status(), PATH, "system:monitoring");
      }
      try (AnswerBody body = new AnswerBody(response)) {
        while (body.next(
            deadline.remaining(),
            piece -> {
              if (body.bytes() > MAX_BYTES) {
                throw new LimitExceededException(
                    "the answer to " + PATH + " is larger than " + MAX_BYTES + " bytes",
                    "Check that the address is that of a Kubernetes API server.");
              }
              sink.accept(piece);
            })) {}
      }
    }
  }
}
