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
import java.util.function.Consumer;

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
   * @see #run(ApiRequest.Purpose, String, ResourceType, Optional, Negotiation, CollectionUrl,
   *     Deadline, Consumer)
   */
  public ListAnswer run(
      ApiRequest.Purpose purpose,
      String caller,
      ResourceType type,
      Optional<String> namespace,
      Negotiation formats,
      CollectionUrl url,
      Deadline deadline) {
    List<StoredObject> objects = new ArrayList<>();
    ListOutcome outcome =
        run(purpose, caller, type, namespace, formats, url, deadline, objects::add);
    return new ListAnswer(
        objects, outcome.end(), outcome.bodyBytes(), outcome.wireBytes(), outcome.took());
  }

  /**
   * Lists a collection.
   *
   * @param namespace for the words of a failure; the URL already names it
   * @param formats what to ask for
   * @param sink takes each object as soon as it has arrived; of a list that fails, some
   * @throws dev.freshet.error.DeadlineException if the answer was not complete in time
   * @throws dev.freshet.error.ApiException if the server refused
   */
  public ListOutcome run(
      ApiRequest.Purpose purpose,
      String caller,
      ResourceType type,
      Optional<String> namespace,
      Negotiation formats,
      CollectionUrl url,
      Deadline deadline,
      Consumer<StoredObject> sink) {
    var request =
        new ApiRequest(
            purpose, caller, url.toString(), formats.acceptList(), true, deadline.remaining());
    try (ApiResponse response = gate.send(request)) {
      if (response.status() != 200) {
        throw Failures.of(response, "list", type, namespace);
      }
      Codec codec = formats.codec(response.header("Content-Type"));
      ListDecoder decoder = codec.list(sink);
      try (AnswerBody body = new AnswerBody(response)) {
        while (body.next(
            deadline.remaining(),
            chunk -> {
              requireBounded(body.bytes());
              decoder.push(chunk);
            })) {}
        ListEnd end = decoder.end();
        return new ListOutcome(end, body.bytes(), response.wireBytes(), deadline.elapsed());
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

  /** The same without the objects. */
  public record ListOutcome(ListEnd end, long bodyBytes, long wireBytes, Duration took) {}
}
