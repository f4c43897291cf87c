package dev.freshet;

import dev.freshet.error.ConfigurationException;
import dev.freshet.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The Pod that this program runs in, as the downward API tells it. */
final class OwnPod {

  /** Where every Pod with a service account finds its namespace. */
  static final Path NAMESPACE_FILE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  private static final String REMEDY =
      "Set POD_NAME and POD_NAMESPACE in the Pod's template by valueFrom.fieldRef of metadata.name"
          + " and metadata.namespace, or name the object to touch.";

  private OwnPod() {}

  /**
   * Its name.
   *
   * @param namespaceFile asked where the environment does not name the namespace
   * @throws ConfigurationException if the environment does not name the Pod
   */
  static ObjectKey in(Map<String, String> environment, Path namespaceFile) {
    String name = environment.getOrDefault("POD_NAME", "");
    if (name.isBlank()) {
      throw new ConfigurationException("the environment does not name our own Pod", REMEDY);
    }
    String namespace = environment.getOrDefault("POD_NAMESPACE", "");
    return new ObjectKey(
        namespace.isBlank() ? read(namespaceFile) : namespace.strip(), name.strip());
  }

  private static String read(Path namespaceFile) {
    try {
      return Files.readString(namespaceFile).strip();
    } catch (IOException e) {
      throw new ConfigurationException("the namespace of our own Pod is not known", REMEDY);
    }
  }
}
