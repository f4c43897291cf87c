package dev.freshet.testkit.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Pod as its controller would create it: metadata and spec, already bound to a node. */
final class PodManifest {
  /** How many of the environment variables the main container has; the sidecar has the rest. */
  private static final int MAIN_VARIABLES = 10;

  private static final int VALUE_LETTERS = 22;

  private final PodShapes.Shape shape;
  private final PodTemplate template;
  private final Chance own;
  private final Chance ofTemplate;
  private final Chance ofProduct;

  /**
   * @param own decides what this Pod alone has
   * @param ofTemplate decides the owner's uid and the hash of its configuration
   * @param ofProduct decides the values of the environment
   */
  PodManifest(PodShapes.Shape shape, Chance own, Chance ofTemplate, Chance ofProduct) {
    this.shape = shape;
    this.template = shape.template();
    this.own = own;
    this.ofTemplate = ofTemplate;
    this.ofProduct = ofProduct;
  }

  Map<String, Object> json(String tag) {
    return JsonObject.of(
        "apiVersion", "v1", "kind", "Pod", "metadata", metadata(tag), "spec", spec());
  }

  private Map<String, Object> metadata(String tag) {
    return JsonObject.of(
        "name", shape.key().name(),
        "namespace", shape.key().namespace(),
        "labels", shape.labels(),
        "annotations", annotations(tag),
        "ownerReferences", List.of(owner()));
  }

  private Map<String, Object> annotations(String tag) {
    return JsonObject.of(
        Workload.TAG,
        tag,
        "prometheus.io/scrape",
        "true",
        "prometheus.io/port",
        template.ports().getLast().toString(),
        "checksum/config",
        ofTemplate.hex(64),
        "cni.projectcalico.org/containerID",
        own.hex(64),
        "kubectl.kubernetes.io/restartedAt",
        shape.start().toString());
  }

  private Map<String, Object> owner() {
    boolean ray = template.role() != PodTemplate.Role.APPLICATION;
    return JsonObject.of(
        "apiVersion",
        ray ? "ray.io/v1" : "apps/v1",
        "kind",
        ray ? "RayCluster" : "ReplicaSet",
        "name",
        template.name(),
        "uid",
        ofTemplate.uid(),
        "controller",
        true,
        "blockOwnerDeletion",
        true);
  }

  private Map<String, Object> spec() {
    return JsonObject.of(
        "nodeName", shape.node(),
        "serviceAccountName", template.name(),
        "restartPolicy", "Always",
        "priority", 0,
        "terminationGracePeriodSeconds", 30,
        "nodeSelector", Map.of("pool", template.taints().getFirst().replace('/', '-')),
        "securityContext", JsonObject.of("runAsUser", 1000, "runAsNonRoot", true, "fsGroup", 1000),
        "containers", List.of(mainContainer(), sidecar()),
        "tolerations", template.taints().stream().map(PodManifest::toleration).toList(),
        "volumes", volumes());
  }

  private Map<String, Object> mainContainer() {
    var resources =
        JsonObject.of(
            "cpu", template.milliCpu() + "m", "memory", template.memoryMebibytes() + "Mi");
    return JsonObject.of(
        "name", "main",
        "image", template.images().getFirst(),
        "imagePullPolicy", "IfNotPresent",
        "command", List.of("/bin/sh", "-c", "exec /app/run --config=/etc/app/config.yaml"),
        "ports", template.ports().stream().map(PodManifest::port).toList(),
        "env", environment(template.variables().subList(0, MAIN_VARIABLES)),
        "resources", JsonObject.of("requests", resources, "limits", resources),
        "volumeMounts",
            List.of(
                JsonObject.of("name", "config", "mountPath", "/etc/app", "readOnly", true),
                JsonObject.of("name", "scratch", "mountPath", "/var/scratch"),
                JsonObject.of("name", "token", "mountPath", "/var/run/secrets/tokens")),
        "readinessProbe", probe("/ready", 5),
        "livenessProbe", probe("/live", 15));
  }

  private Map<String, Object> sidecar() {
    return JsonObject.of(
        "name", "sidecar",
        "image", template.images().getLast(),
        "imagePullPolicy", "IfNotPresent",
        "args", List.of("--upstream=127.0.0.1:" + template.ports().getFirst(), "--log=json"),
        "env", environment(template.variables().subList(MAIN_VARIABLES, PodTemplate.VARIABLES)),
        "resources",
            JsonObject.of(
                "requests", JsonObject.of("cpu", "50m", "memory", "64Mi"),
                "limits", JsonObject.of("memory", "128Mi")),
        "volumeMounts", List.of(JsonObject.of("name", "scratch", "mountPath", "/var/scratch")));
  }

  private List<Map<String, Object>> environment(List<String> names) {
    List<Map<String, Object>> variables = new ArrayList<>();
    for (String name : names) {
      variables.add(JsonObject.of("name", name, "value", ofProduct.letters(VALUE_LETTERS)));
    }
    return variables;
  }

  private Map<String, Object> probe(String path, int periodSeconds) {
    return JsonObject.of(
        "httpGet",
        JsonObject.of("path", path, "port", template.ports().getFirst()),
        "initialDelaySeconds",
        3,
        "periodSeconds",
        periodSeconds,
        "timeoutSeconds",
        2);
  }

  private List<Map<String, Object>> volumes() {
    return List.of(
        JsonObject.of("name", "config", "configMap", JsonObject.of("name", template.name())),
        JsonObject.of("name", "scratch", "emptyDir", JsonObject.of("sizeLimit", "2Gi")),
        JsonObject.of("name", "token", "secret", JsonObject.of("secretName", template.name())));
  }

  private static Map<String, Object> port(int number) {
    return JsonObject.of("name", "p" + number, "containerPort", number, "protocol", "TCP");
  }

  private static Map<String, Object> toleration(String key) {
    return JsonObject.of("key", key, "operator", "Exists", "effect", "NoSchedule");
  }
}
