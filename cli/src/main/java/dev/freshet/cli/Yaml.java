package dev.freshet.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Objects as kubectl applies them. */
final class Yaml {
  private Yaml() {}

  /** One document, with the line before it that tells documents apart. */
  static String document(HasMetadata object) {
    String text = Serialization.asYaml(object);
    return text.startsWith("---") ? text : "---\n" + text;
  }
}
