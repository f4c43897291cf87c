package dev.freshet.testkit.fault;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Failures as the API server words them. */
public final class Statuses {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private Statuses() {}

  /** Any failure: HTTP code, reason such as {@code NotFound}, and message. */
  public static Status of(int code, String reason, String message) {
    return new StatusBuilder()
        .withApiVersion("v1")
        .withKind("Status")
        .withStatus("Failure")
        .withCode(code)
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  /** 410: the history that a watch or an exact list asks for is gone. */
  public static Status expired() {
    return of(410, "Expired", "too old resource version: 5 (9)");
  }

  /** 429 without a Retry-After: the server's cache of a kind is not ready. */
  public static Status initializing() {
    return of(429, "TooManyRequests", "storage is (re)initializing");
  }

  /** 504: a version was asked for that the server has not seen. */
  public static Status tooLarge() {
    return of(504, "Timeout", "Timeout: Too large resource version: 9, current: 5");
  }

  /** 504: the server gave up waiting; what was asked may have been done. */
  public static Status timeout() {
    return of(504, "Timeout", "Timeout: request did not complete within the requested timeout");
  }

  static String json(Object object) {
    return JSON.asJson(object);
  }
}
