package dev.freshet.webhook;

import io.fabric8.zjsonpatch.JsonDiff;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what the API server is answered. */
final class Responses {
  private Responses() {}

  /** The answer of a validator. */
  static byte[] of(AdmissionRequest request, Verdict verdict) {
    return bytes(response(request, verdict));
  }

  /**
   * The answer of a mutator.
   *
   * @param type of the object
   */
  static <T> byte[] of(AdmissionRequest request, Class<T> type, Mutation<T> mutation) {
    ObjectNode response = response(request, mutation.verdict());
    if (mutation.verdict().allowed() && mutation.object().isPresent()) {
      JsonNode before = request.object(type).map(Responses::tree).orElseThrow();
      JsonNode patch = JsonDiff.asJson(before, tree(mutation.object().get()));
      if (!patch.isEmpty()) {
        byte[] text = patch.toString().getBytes(StandardCharsets.UTF_8);
        ObjectNode answer = (ObjectNode) response.get("response");
        answer.put("patchType", "JSONPatch");
        answer.put("patch", Base64.getEncoder().encodeToString(text));
      }
    }
    return bytes(response);
  }

  /**
   * Both sides of the comparison are written by one mapper: what that leaves out, such as an empty
   * list, is then no difference.
   */
  private static JsonNode tree(Object object) {
    return ModelJson.PLAIN.readTree(ModelJson.SERIALIZATION.asJson(object));
  }

  private static ObjectNode response(AdmissionRequest request, Verdict verdict) {
    ObjectNode review = ModelJson.PLAIN.createObjectNode();
    review.put("apiVersion", "admission.k8s.io/v1");
    review.put("kind", "AdmissionReview");
    ObjectNode response = review.putObject("response");
    response.put("uid", request.uid());
    response.put("allowed", verdict.allowed());
    if (!verdict.allowed()) {
      ObjectNode status = response.putObject("status");
      status.put("code", verdict.code());
      status.put("message", verdict.message());
    }
    if (!verdict.warnings().isEmpty()) {
      verdict.warnings().forEach(response.putArray("warnings")::add);
    }
    if (!verdict.auditAnnotations().isEmpty()) {
      verdict.auditAnnotations().forEach(response.putObject("auditAnnotations")::put);
    }
    return review;
  }

  private static byte[] bytes(JsonNode review) {
    return review.toString().getBytes(StandardCharsets.UTF_8);
  }
}
