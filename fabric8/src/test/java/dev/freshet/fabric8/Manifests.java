package dev.freshet.fabric8;

import dev.freshet.discovery.Kinds;
import dev.freshet.discovery.ServedKind;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects written in YAML beside this class, in {@code kinds/}, one of each kind. */
final class Manifests {

  private final KubernetesClient client;
  private final KubernetesSerialization yaml = new KubernetesSerialization();
  private final Map<String, GenericKubernetesResource> created = new HashMap<>();

  Manifests(KubernetesClient client) {
    this.client = client;
  }

  /** Creates all objects of a file, each with the status it says. */
  void create(String file, Kinds kinds) {
    for (String text : read("kinds/" + file)) {
      GenericKubernetesResource wanted = yaml.unmarshal(text, GenericKubernetesResource.class);
      ResourceType type = type(wanted, kinds);
      create(wanted, type);
      GenericKubernetesResource before = created.put(type.qualifiedName(), wanted);
      if (before != null) {
        throw new IllegalStateException("two manifests for " + type.qualifiedName());
      }
    }
  }

  /** The manifest of a kind, in whichever version it was written. */
  Optional<GenericKubernetesResource> of(ResourceType type) {
    return Optional.ofNullable(created.get(type.qualifiedName()));
  }

  /** Changes an object, so that a watch has something to say. */
  void touch(ResourceType type) {
    client
        .genericKubernetesResources(context(type))
        .resource(of(type).orElseThrow())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"touched\":\"\"}}}");
  }

  /** The API server ignores a status in the request that creates. */
  private void create(GenericKubernetesResource wanted, ResourceType type) {
    var resources = client.genericKubernetesResources(context(type));
    GenericKubernetesResource made = resources.resource(wanted).create();
    Object status = wanted.getAdditionalProperties().get("status");
    if (status != null) {
      made.setAdditionalProperty("status", status);
      resources.resource(made).updateStatus();
    }
  }

  private static ResourceType type(GenericKubernetesResource wanted, Kinds kinds) {
    return kinds.served().stream()
        .map(ServedKind::type)
        .filter(type -> type.apiVersion().equals(wanted.getApiVersion()))
        .filter(type -> type.kind().equals(wanted.getKind()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not served: " + wanted.getKind()));
  }

  private static ResourceDefinitionContext context(ResourceType type) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(type.group())
        .withVersion(type.version())
        .withPlural(type.plural())
        .withKind(type.kind())
        .withNamespaced(type.namespaced())
        .build();
  }

  private static List<String> read(String resource) {
    try (InputStream in = Manifests.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no such resource: " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.asList(text.split("\n---\n", -1));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + resource, e);
    }
  }
}
