package dev.freshet.request;

import dev.freshet.codec.Codec;
import dev.freshet.codec.ListDecoder;
import dev.freshet.codec.ListEnd;
import dev.freshet.codec.Negotiation;
import dev.freshet.error.LimitExceededException;
import dev.freshet.object.ResourceType;
import dev.freshet.object.StoredObject;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One list request, read to its end while it arrives. Blocks the calling thread. */
public final class ListCall {

  /** Bytes of one list answer, after decompression. 300,000 Pods of 10 KB come to 3 GB. */
  public static final long MAX_ANSWER_BYTES = 4L << 30;

  private final RequestGate gate;

  public ListCall(RequestGate gate) {
    this.gate = gate;
  }

  /**
   * Lists a collection.
   *
   * @param namespace for the words of a failure; the URL already names it
   * @throws dev.freshet.error.DeadlineException if the answer was not complete in time
   * @throws dev.freshet.error.ApiException if the server refused
   */
  public ListAnswer run(
      ApiRequest.Purpose purpose,
      String caller,
      ResourceType type,
      Optional<String> namespace,
      CollectionUrl url,
      Deadline deadline) {
    Negotiation formats = Negotiation.of(type);
    var request =
        new ApiRequest(
            purpose, caller, url.toString(), formats.accept(), true, deadline.remaining());
    try (ApiResponse response = gate.send(request)) {
      if (response.status() != 200) {
        throw Failures.of(response, "list", type, namespace);
      }
      List<StoredObject> objects = new ArrayList<>();
      Codec codec = formats.codec(response.header("Content-Type"));
      ListDecoder decoder = codec.list(objects::add);
      try (AnswerBody body = new AnswerBody(response)) {
        while (body.next(
            deadline.remaining(),
            chunk -> {
              requireBounded(body.bytes());
              decoder.push(chunk);
            })) {}
        ListEnd end = decoder.end();
        return new ListAnswer(objects, end, body.bytes(), response.wireBytes(), deadline.elapsed());
      }
    }
  }

  /**
   * Fails if a list has more bytes than {@link #MAX_ANSWER_BYTES}.
   *
   * @throws LimitExceededException if so
   */
  public static void requireBounded(long bytes) {
    if (bytes > MAX_ANSWER_BYTES) {
      throw new LimitExceededException(
          "a list answer is larger than " + MAX_ANSWER_BYTES + " bytes",
          "Narrow it by namespace or selector.");
    }
  }

  /** A complete list, what it cost and how long it took. */
  public record ListAnswer(
      List<StoredObject> objects, ListEnd end, long bodyBytes, long wireBytes, Duration took) {}
}
