package dev.freshet.testkit.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The status of a Pod as its kubelet would write it. */
final class PodStatus {
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(90);
  private static final Duration TO_START = Duration.ofSeconds(4);

  private final PodShapes.Shape shape;
  private final String podIp;
  private final String hostIp;
  private final String mainId;
  private final String sidecarId;
  private final String mainDigest;
  private final String sidecarDigest;

  PodStatus(PodShapes.Shape shape, Chance chance) {
    this.shape = shape;
    this.podIp = address(chance, "10.244");
    this.hostIp = address(chance, "10.0");
    this.mainId = chance.hex(64);
    this.sidecarId = chance.hex(64);
    this.mainDigest = chance.hex(64);
    this.sidecarDigest = chance.hex(64);
  }

  /** Running; in every odd round the main container has just restarted and is not ready. */
  Map<String, Object> json(int round) {
    boolean ready = round % 2 == 0;
    Instant now = shape.start().plus(BETWEEN_ROUNDS.multipliedBy(round)).plus(TO_START);
    return JsonObject.of(
        "phase", "Running",
        "conditions", conditions(ready, now),
        "hostIP", hostIp,
        "hostIPs", List.of(Map.of("ip", hostIp)),
        "podIP", podIp,
        "podIPs", List.of(Map.of("ip", podIp)),
        "startTime", shape.start().toString(),
        "qosClass", "Burstable",
        "containerStatuses",
            List.of(
                container("main", mainId, mainDigest, ready, round, now),
                container("sidecar", sidecarId, sidecarDigest, true, 0, shape.start())));
  }

  private List<Map<String, Object>> conditions(boolean ready, Instant now) {
    return Stream.of(
            condition("PodReadyToStartContainers", true, shape.start()),
            condition("Initialized", true, shape.start()),
            condition("Ready", ready, now),
            condition("ContainersReady", ready, now),
            condition("PodScheduled", true, shape.start()))
        .toList();
  }

  private static Map<String, Object> condition(String type, boolean holds, Instant since) {
    return JsonObject.of(
        "type", type, "status", holds ? "True" : "False", "lastTransitionTime", since.toString());
  }

  private Map<String, Object> container(
      String name, String id, String digest, boolean ready, int restarts, Instant startedAt) {
    String image = shape.template().images().get(name.equals("main") ? 0 : 1);
    String repository = image.substring(0, image.lastIndexOf(':'));
    return JsonObject.of(
        "name",
        name,
        "state",
        Map.of("running", Map.of("startedAt", startedAt.toString())),
        "lastState",
        Map.of(),
        "ready",
        ready,
        "started",
        true,
        "restartCount",
        restarts,
        "image",
        image,
        "imageID",
        repository + "@sha256:" + digest,
        "containerID",
        "containerd://" + id);
  }

  private static String address(Chance chance, String prefix) {
    return prefix + "." + chance.below(250) + "." + (1 + chance.below(250));
  }
}
