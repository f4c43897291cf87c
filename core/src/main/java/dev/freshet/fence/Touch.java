package dev.freshet.fence;

import dev.freshet.codec.WrittenObject;
import dev.freshet.error.FenceException;
import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.request.AnswerBody;
import dev.freshet.request.CollectionUrl;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into an object of ours, so that the stream that brings it moves at once. The answer's
 * version is at or above everything committed before, and its own event follows within
 * milliseconds. Blocks the calling thread.
 *
 * <p>Each write carries a fresh nonce, and the answer must hold it: the API server answers an
 * update that changed nothing with the old version, which proves nothing.
 */
public final class Touch implements AutoCloseable {

  /** How long one touch may take. */
  static final Duration WITHIN = Duration.ofSeconds(10);

  /** Bytes of the touched object in the answer; a Pod may have 1.5 MiB. */
  static final int MAX_ANSWER_BYTES = 4 << 20;

  /** How long the deletion of a Pod that was made here may take; closing waits for it. */
  static final Duration DELETED_WITHIN = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Touch.class);

  private final ResourceType type;
  private final Sentinel sentinel;
  private final RequestGate gate;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Made> made = Optional.empty();
  private boolean closed;

  /** The Pod that was made here, and for whom. */
  private record Made(String uid, String payer) {}

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
   * @param uid of the object
   * @param requests how many it took
   */
  public record Written(
      ResourceVersion version, String uid, int requests, long bodyBytes, long wireBytes) {}

  /**
   * Writes.
   *
   * @param payer who asks, for the account
   * @throws FenceException if the object is gone, or the write changed nothing
   * @throws dev.freshet.error.ApiException if the server refused it
   */
  public Written write(String payer) {
    String nonce = nonce();
    try (ApiResponse response = send(payer, path(), patch(nonce), WITHIN)) {
      if (response.status() != 404 || !sentinel.made()) {
        return written(response, nonce, "patch", 1);
      }
    }
    Optional<Written> made = make(payer, nonce);
    if (made.isPresent()) {
      return made.get();
    }
    // Another process was first, and its Pod is as good.
    try (ApiResponse response = send(payer, path(), patch(nonce), WITHIN)) {
      return written(response, nonce, "patch", 3);
    }
  }

  /** Making it is a write of ours too, and brings an event just as well; empty if there is one. */
  private Optional<Written> make(String payer, String nonce) {
    String path = CollectionUrl.of(type, namespace()).toString();
    var pod =
        new ApiRequest.Write(ApiRequest.Write.Method.POST, "application/json", sentinel.pod(nonce));
    try (ApiResponse response = send(payer, path, pod, WITHIN)) {
      if (response.status() == 409) {
        return Optional.empty();
      }
      Written written = written(response, nonce, "create", 2);
      remember(new Made(written.uid(), payer));
      return Optional.of(written);
    }
  }

  private void remember(Made pod) {
    boolean late;
    lock.lock();
    try {
      made = Optional.of(pod);
      late = closed;
    } finally {
      lock.unlock();
    }
    if (late) {
      delete(pod);
    }
  }

  /** Deletes the Pod that was made here, if one was; tries once. Idempotent. */
  @Override
  public void close() {
    Optional<Made> left;
    lock.lock();
    try {
      closed = true;
      left = made;
      made = Optional.empty();
    } finally {
      lock.unlock();
    }
    left.ifPresent(this::delete);
  }

  private void delete(Made pod) {
    // Another process may have made one anew under the same name, and touches it.
    var options =
        new ApiRequest.Write(
            ApiRequest.Write.Method.DELETE,
            "application/json",
            "{\"preconditions\":{\"uid\":\"" + pod.uid() + "\"}}");
    String path = ObjectUrl.of(type, sentinel.object());
    try (ApiResponse response = send(pod.payer(), path, options, DELETED_WITHIN)) {
      if (response.status() != 200 && response.status() != 404 && response.status() != 409) {
        LOG.warn("The Pod {} is left behind: {}", sentinel.object(), response.status());
      }
    } catch (FreshetException e) {
      LOG.warn("The Pod {} is left behind: {}", sentinel.object(), e.problem());
    }
  }

  private Written written(ApiResponse response, String nonce, String verb, int requests) {
    if (response.status() == 404) {
      throw new FenceException(
          "there is no " + type + " " + sentinel.object() + " to touch, or no such namespace",
          "Create it, or let Freshet make a Pod to touch.");
    }
    if (response.status() != 200 && response.status() != 201) {
      throw Failures.of(response, verb, type, namespace());
    }
    String answer = body(response);
    WrittenObject stored = WrittenObject.of(answer);
    if (!answer.contains(nonce) || !stored.version().isComparable()) {
      throw new FenceException(
          "a touch of " + type + " " + sentinel.object() + " changed nothing",
          "Look for a webhook or policy that undoes it, or touch another object.");
    }
    return new Written(
        stored.version(), stored.uid(), requests, answer.length(), response.wireBytes());
  }

  private ApiResponse send(String payer, String path, ApiRequest.Write write, Duration within) {
    return gate.send(
        new ApiRequest(
            ApiRequest.Purpose.TOUCH,
            payer,
            path,
            "application/json",
            false,
            within,
            Optional.of(write)));
  }

  private String nonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Optional<String> namespace() {
    return Optional.of(sentinel.object().namespace()).filter(name -> !name.isEmpty());
  }

  private boolean isPod() {
    return type.qualifiedName().equals("pods");
  }

  private String path() {
    return isPod()
        ? ObjectUrl.of(type, sentinel.object(), "status")
        : ObjectUrl.of(type, sentinel.object());
  }

  private ApiRequest.Write patch(String nonce) {
    return isPod()
        ? patch(
            "application/strategic-merge-patch+json",
            "{\"status\":{\"conditions\":[{\"type\":\""
                + Sentinel.CONDITION
                + "\",\"status\":\"True\",\"reason\":\"Touched\",\"message\":\""
                + nonce
                + "\"}]}}")
        : patch(
            "application/merge-patch+json",
            "{\"metadata\":{\"annotations\":{\"" + Sentinel.ANNOTATION + "\":\"" + nonce + "\"}}}");
  }

  private static ApiRequest.Write patch(String contentType, String json) {
    return new ApiRequest.Write(ApiRequest.Write.Method.PATCH, contentType, json);
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
