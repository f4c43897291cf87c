package dev.freshet.request;

import dev.freshet.codec.StatusBody;
import dev.freshet.error.ApiException;
import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceType;
import dev.freshet.transport.ApiResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;

/** Says in words what a failed answer means and what to do about it. */
public final class Failures {

  /** Bytes of a failed answer that are read; the rest says nothing more. */
  private static final int MAX_BODY_BYTES = 64 << 10;

  /** Characters of a server's message that are passed on. */
  private static final int MAX_MESSAGE_CHARACTERS = 400;

  private static final Duration BODY_WITHIN = Duration.ofSeconds(5);

  private Failures() {}

  /**
   * Reads the rest of a failed answer.
   *
   * @param verb the verb of RBAC that was used: {@code list} or {@code watch}
   */
  public static ApiException of(
      ApiResponse response, String verb, ResourceType type, Optional<String> namespace) {
    return of(response.status(), body(response), RetryAfter.of(response), verb, type, namespace);
  }

  /**
   * A failed answer to a question about the server itself.
   *
   * @param path the non-resource URL that was asked for
   * @param clusterRole the one that grants it in every cluster
   */
  static ApiException ofPath(int status, String path, String clusterRole) {
    String remedy =
        switch (status) {
          case 401 -> "Log in again, or check the user of this context in the kubeconfig.";
          case 403 ->
              "Grant this user \"get\" on the non-resource URL \""
                  + path
                  + "\", as the ClusterRole "
                  + clusterRole
                  + " does.";
          default -> "Check that the address is that of a Kubernetes API server.";
        };
    return new ApiException(
        status, "", Optional.empty(), "the server answered " + status + " to " + path, remedy);
  }

  /** The failure that an {@code ERROR} event of a watch reports. */
  public static ApiException ofWatchError(
      int code, String reason, String message, ResourceType type) {
    return of(
        code, new StatusBody(reason, message), Optional.empty(), "watch", type, Optional.empty());
  }

  private static ApiException of(
      int code,
      StatusBody status,
      Optional<Duration> retryAfter,
      String verb,
      ResourceType type,
      Optional<String> namespace) {
    String asked = verb + " " + type + namespace.map(in -> " in namespace " + in).orElse("");
    String problem =
        switch (code) {
          case 401 -> "the API server does not accept our credentials (401), asked to " + asked;
          case 403 -> "not allowed to " + asked + " (403)";
          case 404 -> "the API server does not serve " + type + " in " + type.apiVersion();
          default -> "the API server answered " + code + " to " + asked + said(status);
        };
    return new ApiException(code, status.reason(), retryAfter, problem, remedy(code, verb, type));
  }

  private static String remedy(int code, String verb, ResourceType type) {
    return switch (code) {
      case 401 -> "Log in again, or check the user of this context in the kubeconfig.";
      case 403 ->
          "Grant this user the verb \""
              + verb
              + "\" on resource \""
              + type.plural()
              + "\" in API group \""
              + type.group()
              + "\".";
      case 404 -> "Check the kind and its version with \"kubectl api-resources\".";
      case 400, 422 -> "Correct the request as the message says.";
      case 410 -> "Read again without that resourceVersion: its history is gone.";
      case 429 -> "The server is busy: read less often, or from the cache.";
      case 504 -> "The server is behind or overloaded: try again shortly.";
      default -> "Try again; if it stays, look at the API server's log.";
    };
  }

  private static String said(StatusBody status) {
    String message = status.message().strip().replaceAll("\\p{Cntrl}+", " ");
    if (message.isEmpty()) {
      return status.reason().isEmpty() ? "" : ": " + status.reason();
    }
    return ": "
        + (message.length() <= MAX_MESSAGE_CHARACTERS
            ? message
            : message.substring(0, MAX_MESSAGE_CHARACTERS) + "…");
  }

  private static StatusBody body(ApiResponse response) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (AnswerBody answer = new AnswerBody(response)) {
      while (body.size() < MAX_BODY_BYTES
          && answer.next(
              BODY_WITHIN,
              chunk -> {
                byte[] bytes = new byte[Math.min(chunk.remaining(), MAX_BODY_BYTES - body.size())];
                chunk.get(bytes);
                body.writeBytes(bytes);
              })) {}
    } catch (FreshetException e) {
      return new StatusBody("", "(the answer broke off: " + e.problem() + ")");
    }
    return StatusBody.parse(body.toByteArray());
  }
}
