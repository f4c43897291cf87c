package dev.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Makes Pods as an API server writes them, some 8 KB each, from a seed. Each comes with and without
 * its managedFields, so that a test knows what should be left of it.
 */
final class PodJson {

  /**
   * @param whole with managedFields at a random place among the metadata
   * @param lean the same text without them
   */
  record Pod(String whole, String lean, String name, String resourceVersion) {}

  private final Random random;
  private int next;

  PodJson(long seed) {
    this.random = new Random(seed);
  }

  Pod pod() {
    int number = next++;
    String name = "worker-" + number;
    String resourceVersion = String.valueOf(100_000 + number);
    List<String> metadata = metadata(number, name, resourceVersion);
    String rest = ",\"spec\":" + spec(number) + ",\"status\":" + status() + "}";
    String lean = "{\"metadata\":{" + String.join(",", metadata) + "}" + rest;
    metadata.add(random.nextInt(metadata.size() + 1), "\"managedFields\":" + managedFields(number));
    String whole = "{\"metadata\":{" + String.join(",", metadata) + "}" + rest;
    return new Pod(whole, lean, name, resourceVersion);
  }

  List<Pod> pods(int count) {
    List<Pod> pods = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pods.add(pod());
    }
    return pods;
  }

  static byte[] list(List<Pod> pods) {
    List<String> items = pods.stream().map(Pod::whole).toList();
    return utf8(
        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"123456\"},"
            + "\"items\":["
            + String.join(",", items)
            + "]}\n");
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> metadata(int number, String name, String resourceVersion) {
    List<String> members = new ArrayList<>();
    members.add("\"name\":\"" + name + "\"");
    members.add("\"namespace\":\"ray-" + number % 20 + "\"");
    members.add("\"uid\":\"" + new UUID(random.nextLong(), number) + "\"");
    members.add("\"resourceVersion\":\"" + resourceVersion + "\"");
    members.add("\"creationTimestamp\":\"2026-01-01T00:00:00Z\"");
    members.add(
        "\"labels\":{\"app\":\"app-%d\",\"ray.io/node-type\":\"worker\"}".formatted(number % 50));
    members.add("\"annotations\":{\"note\":\"größer \\u00e9 \\\"{[\\\" 😀 \\\\\"}");
    members.add(
        "\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"name\":\"rs-%d\""
                .formatted(number % 200)
            + ",\"uid\":\"%s\",\"controller\":true}]".formatted(new UUID(1, number % 200)));
    return members;
  }

  private String managedFields(int number) {
    StringBuilder fields = new StringBuilder("[");
    for (String manager : List.of("kube-controller-manager", "kubelet")) {
      fields.append(fields.length() > 1 ? "," : "");
      fields.append("{\"manager\":\"").append(manager);
      fields.append("\",\"operation\":\"Update\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{");
      fields.append("\"f:metadata\":{\"f:ownerReferences\":{\"k:{\\\"uid\\\":\\\"");
      fields.append(new UUID(1, number % 200)).append("\\\"}\":{}}}");
      for (int i = 0; i < 30; i++) {
        fields.append(",\"f:field").append(i).append("\":{\".\":{},\"f:name\":{},\"f:value\":{}}");
      }
      fields.append("}}");
    }
    return fields.append("]").toString();
  }

  private String spec(int number) {
    StringBuilder spec = new StringBuilder("{\"containers\":[");
    for (int i = 0; i < 2; i++) {
      spec.append(i > 0 ? "," : "").append("{\"name\":\"c").append(i);
      spec.append("\",\"image\":\"registry.example.com/team/image:v").append(number % 30);
      spec.append("\",\"command\":[\"/bin/sh\",\"-c\",\"ulimit -n 65536; ray start --block\"],");
      spec.append("\"env\":[");
      for (int j = 0; j < 20; j++) {
        spec.append(j > 0 ? "," : "").append("{\"name\":\"ENVIRONMENT_VARIABLE_").append(j);
        spec.append("\",\"value\":\"").append(Long.toHexString(random.nextLong())).append("\"}");
      }
      spec.append("],\"resources\":{\"limits\":{\"cpu\":\"2\",\"memory\":\"4Gi\"}},");
      spec.append("\"terminationMessagePath\":\"/dev/termination-log\",");
      spec.append("\"imagePullPolicy\":\"IfNotPresent\"}");
    }
    spec.append("],\"template\":{\"metadata\":{\"managedFields\":[{\"manager\":\"stays\"}]}},");
    spec.append("\"terminationGracePeriodSeconds\":30,\"priority\":-1.5e3,\"hostNetwork\":false,");
    return spec.append("\"nodeName\":\"node-").append(number % 300).append("\"}").toString();
  }

  private static String status() {
    StringBuilder status = new StringBuilder("{\"phase\":\"Running\",\"conditions\":[");
    for (int i = 0; i < 5; i++) {
      status.append(i > 0 ? "," : "").append("{\"type\":\"Condition").append(i);
      status.append("\",\"status\":\"True\",\"lastProbeTime\":null,");
      status.append("\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}");
    }
    return status.append("],\"podIP\":\"10.1.2.3\"}").toString();
  }
}
