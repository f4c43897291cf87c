package dev.freshet.fence;

import dev.freshet.codec.WrittenObject;
import dev.freshet.error.FenceException;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.request.AnswerBody;
import dev.freshet.request.Failures;
import dev.freshet.request.ObjectUrl;
import dev.freshet.request.RequestGate;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A write into an object of ours, so that the stream that brings it moves at once. The answer's
 * version is at or above everything committed before, and its own event follows within
 * milliseconds. Blocks the calling thread.
 *
 * <p>Each write carries a fresh nonce, and the answer must hold it: the API server answers an
 * update that changed nothing with the old version, which proves nothing.
 */
public final class Touch {

  /** How long one touch may take. */
  static final Duration WITHIN = Duration.ofSeconds(10);

  /** Bytes of the touched object in the answer; a Pod may have 1.5 MiB. */
  static final int MAX_ANSWER_BYTES = 4 << 20;

  private final ResourceType type;
  private final Sentinel sentinel;
  private final RequestGate gate;
  private final RandomGenerator random;

  public Touch(ResourceType type, Sentinel sentinel, RequestGate gate, RandomGenerator random) {
    this.type = type;
    this.sentinel = sentinel;
    this.gate = gate;
    this.random = random;
  }

  /**
   * What a touch gave.
   *
   * @param version of the object, which this very write gave it
   */
  public record Written(ResourceVersion version, long bodyBytes, long wireBytes) {}

  /**
   * Writes.
   *
   * @param payer who asks, for the account
   * @throws FenceException if the write changed nothing
   * @throws dev.freshet.error.ApiException if the server refused it, as when the object is gone
   */
  public Written write(String payer) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String nonce = HexFormat.of().formatHex(bytes);
    var request =
        new ApiRequest(
            ApiRequest.Purpose.TOUCH,
            payer,
            isPod()
                ? ObjectUrl.of(type, sentinel.object(), "status")
                : ObjectUrl.of(type, sentinel.object()),
            "application/json",
            false,
            WITHIN,
            Optional.of(patch(nonce)));
    try (ApiResponse response = gate.send(request)) {
      if (response.status() != 200) {
        throw Failures.of(response, "patch", type, Optional.of(sentinel.object().namespace()));
      }
      String answer = body(response);
      ResourceVersion version = WrittenObject.version(answer);
      if (!answer.contains(nonce) || !version.isComparable()) {
        throw new FenceException(
            "a touch of " + type + " " + sentinel.object() + " changed nothing",
            "Look for a webhook or policy that undoes it, or touch another object.");
      }
      return new Written(version, answer.length(), response.wireBytes());
    }
  }

  private boolean isPod() {
    return type.qualifiedName().equals("pods");
  }

  private ApiRequest.Patch patch(String nonce) {
    return isPod()
        ? new ApiRequest.Patch(
            "application/strategic-merge-patch+json",
            "{\"status\":{\"conditions\":[{\"type\":\""
                + Sentinel.CONDITION
                + "\",\"status\":\"True\",\"reason\":\"Touched\",\"message\":\""
                + nonce
                + "\"}]}}")
        : new ApiRequest.Patch(
            "application/merge-patch+json",
            "{\"metadata\":{\"annotations\":{\"" + Sentinel.ANNOTATION + "\":\"" + nonce + "\"}}}");
  }

  private static String body(ApiResponse response) {
    var bytes = new ByteArrayOutputStream();
    try (AnswerBody body = new AnswerBody(response)) {
      while (bytes.size() <= MAX_ANSWER_BYTES
          && body.next(
              WITHIN,
              chunk -> {
                byte[] piece = new byte[chunk.remaining()];
                chunk.get(piece);
                bytes.writeBytes(piece);
              })) {}
    }
    if (bytes.size() > MAX_ANSWER_BYTES) {
      throw new FenceException(
          "the answer to a touch has more than " + MAX_ANSWER_BYTES + " bytes",
          "Touch a smaller object.");
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
