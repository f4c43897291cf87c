package dev.freshet.webhook.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The Secret in which replicas share their keys. Whoever writes second has to look again. */
final class SharedRing {

  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  SharedRing(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
  }

  /** A ring, and the version of the Secret that it was read at. */
  record Held(KeyRing ring, String version) {}

  /**
   * What is there; empty if there is no such Secret.
   *
   * @throws dev.freshet.error.ConfigurationException if it holds something else
   */
  Optional<Held> read() {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    return Optional.ofNullable(secret)
        .map(
            found ->
                new Held(
                    KeyRing.of(decoded(found.getData())),
                    found.getMetadata().getResourceVersion()));
  }

  private static Map<String, String> decoded(@Nullable Map<String, String> data) {
    Map<String, String> decoded = new TreeMap<>();
    if (data != null) {
      data.forEach((key, value) -> decoded.put(key, new String(bytes(value), US_ASCII)));
    }
    return decoded;
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  /**
   * Puts a ring in the place of what was read.
   *
   * @param instead the version of that; empty if there was nothing
   * @return false if somebody else was there first
   */
  boolean write(KeyRing ring, Optional<String> instead) {
    Map<String, String> data = new TreeMap<>();
    ring.data().forEach((key, value) -> data.put(key, encoded(value)));
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .withResourceVersion(instead.orElse(null))
            .endMetadata()
            .withType("Opaque")
            .withData(data)
            .build();
    try {
      Secret unused =
          instead.isPresent() ? client.resource(secret).update() : client.resource(secret).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
  }
}
