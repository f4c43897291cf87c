package dev.freshet.webhook;

import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads AdmissionReviews. */
final class Reviews {

  private static final String VERSION = "admission.k8s.io/v1";
  private static final int BAD_REQUEST = 400;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  /** A UID has 36 characters; whatever is longer than this is none. */
  private static final int MAX_UID = 128;

  private Reviews() {}

  /**
   * The request in a body.
   *
   * @throws BadReviewException if the body is no review of {@code admission.k8s.io/v1}
   */
  static AdmissionRequest read(Optional<String> contentType, byte[] body)
      throws BadReviewException {
    if (!contentType.map(Reviews::isJson).orElse(false)) {
      throw new BadReviewException(
          UNSUPPORTED_MEDIA_TYPE, "a review comes as Content-Type application/json");
    }
    JsonNode review = parsed(body);
    String version = review.path("apiVersion").asString("");
    if (!review.path("kind").asString("").equals("AdmissionReview") || !version.equals(VERSION)) {
      throw new BadReviewException(
          BAD_REQUEST,
          "this serves AdmissionReview of "
              + VERSION
              + " only: register the webhook with admissionReviewVersions: [v1]");
    }
    JsonNode request = review.path("request");
    String uid = request.path("uid").asString("");
    if (uid.isEmpty() || uid.length() > MAX_UID) {
      throw new BadReviewException(BAD_REQUEST, "the review has no request with a uid");
    }
    return new AdmissionRequest(uid, operation(request), request);
  }

  private static boolean isJson(String contentType) {
    return contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  private static JsonNode parsed(byte[] body) throws BadReviewException {
    try {
      return ModelJson.PLAIN.readTree(body);
    } catch (JacksonException e) {
      throw new BadReviewException(BAD_REQUEST, "the body is not JSON");
    }
  }

  private static Operation operation(JsonNode request) throws BadReviewException {
    String name = request.path("operation").asString("");
    return Arrays.stream(Operation.values())
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new BadReviewException(BAD_REQUEST, "the review names no known operation"));
  }
}
