package dev.freshet.webhook;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The request of an AdmissionReview. Its objects stay JSON until somebody wants them. Immutable.
 */
final class AdmissionRequest {

  private final String uid;
  private final Operation operation;
  private final JsonNode request;

  AdmissionRequest(String uid, Operation operation, JsonNode request) {
    this.uid = uid;
    this.operation = operation;
    this.request = request;
  }

  String uid() {
    return uid;
  }

  Operation operation() {
    return operation;
  }

  String resource() {
    return request.path("resource").path("resource").asString("");
  }

  String subResource() {
    return request.path("subResource").asString("");
  }

  String namespace() {
    return request.path("namespace").asString("");
  }

  String name() {
    return request.path("name").asString("");
  }

  boolean isDryRun() {
    return request.path("dryRun").asBoolean(false);
  }

  UserInfo user() {
    return decoded(request.path("userInfo"), UserInfo.class).orElseGet(UserInfo::new);
  }

  /** The object as it is to be. */
  <T> Optional<T> object(Class<T> type) {
    return decoded(request.path("object"), type);
  }

  /** The object as it is. */
  <T> Optional<T> oldObject(Class<T> type) {
    return decoded(request.path("oldObject"), type);
  }

  /** What the review shows of the cluster: whoever decides about it must see as much. */
  Optional<Seen> seen() {
    JsonNode metadata = request.path("oldObject").path("metadata");
    String version = metadata.path("resourceVersion").asString("");
    return version.isEmpty() || !subResource().isEmpty()
        ? Optional.empty()
        : Optional.of(new Seen(type(), namespace(), new ResourceVersion(version)));
  }

  /** An object's version, and where it lies. */
  record Seen(ResourceType type, String namespace, ResourceVersion version) {}

  private ResourceType type() {
    JsonNode names = request.path("resource");
    return new ResourceType(
        names.path("group").asString(""),
        names.path("version").asString(""),
        resource(),
        request.path("kind").path("kind").asString(""),
        !namespace().isEmpty());
  }

  private static <T> Optional<T> decoded(JsonNode json, Class<T> type) {
    if (json.isMissingNode() || json.isNull()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ModelJson.SERIALIZATION.convertValue(json, type));
    } catch (JacksonException | IllegalArgumentException e) {
      // Its message quotes the object.
      throw new MalformedResponseException(
          "the object of a review does not fit " + type.getName(),
          "Register the webhook for the kind of that class only, or take it by objectAs.");
    }
  }

  /** What is asked, without contents. */
  @Override
  public String toString() {
    String kind = resource() + (subResource().isEmpty() ? "" : "/" + subResource());
    return operation
        + " of "
        + kind
        + " "
        + (namespace().isEmpty() ? "" : namespace() + "/")
        + (name().isEmpty() ? "(generated name)" : name())
        + (isDryRun() ? ", dry run" : "");
  }
}
