package dev.freshet.webhook;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import tools.jackson.databind.json.JsonMapper;

/** The mappers: fabric8's for its model classes, a plain one for everything around them. */
final class ModelJson {
  static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  static final JsonMapper PLAIN = new JsonMapper();

  private ModelJson() {}
}
