package dev.freshet.cli.output;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What kubectl works out for a Pod (printPod in pkg/printers/internalversion). */
final class PodColumns {

  private final Ages ages;

  PodColumns(Ages ages) {
    this.ages = ages;
  }

  String ready(Fields fields) {
    long containers = fields.tree("spec.containers").size() + sidecars(fields).count();
    long ready =
        Stream.concat(
                fields.tree("status.containerStatuses").valueStream(), sidecarStatuses(fields))
            .filter(status -> status.path("ready").asBoolean(false))
            .count();
    return ready + "/" + containers;
  }

  String restarts(Fields fields) {
    var statuses =
        Stream.concat(
                fields.tree("status.containerStatuses").valueStream(), sidecarStatuses(fields))
            .toList();
    long restarts = statuses.stream().mapToLong(s -> s.path("restartCount").asLong(0)).sum();
    Optional<String> last =
        statuses.stream()
            .map(s -> s.path("lastState").path("terminated").path("finishedAt").asString(""))
            .filter(time -> !time.isEmpty())
            .max(Comparator.naturalOrder());
    return restarts == 0 || last.isEmpty()
        ? Long.toString(restarts)
        : restarts + " (" + ages.since(last.get()) + " ago)";
  }

  String status(Fields fields) {
    if (fields.text("metadata.deletionTimestamp").isPresent()) {
      boolean lost = fields.text("status.reason").filter("NodeLost"::equals).isPresent();
      return lost ? "Unknown" : "Terminating";
    }
    return initializing(fields)
        .orElseGet(
            () -> containers(fields, fields.text("status.reason").orElseGet(() -> phase(fields))));
  }

  private static String phase(Fields fields) {
    boolean gated =
        fields
            .tree("status.conditions")
            .valueStream()
            .anyMatch(c -> c.path("reason").asString("").equals("SchedulingGated"));
    return gated ? "SchedulingGated" : fields.text("status.phase").orElse("Unknown");
  }

  /** The first init container that keeps the Pod from starting, if any does. */
  private Optional<String> initializing(Fields fields) {
    JsonNode statuses = fields.tree("status.initContainerStatuses");
    int total = fields.tree("spec.initContainers").size();
    for (int i = 0; i < statuses.size(); i++) {
      JsonNode status = statuses.get(i);
      JsonNode terminated = status.path("state").path("terminated");
      boolean done = terminated.isObject() && terminated.path("exitCode").asInt(0) == 0;
      boolean sidecarStarted = status.path("started").asBoolean(false);
      if (done || sidecarStarted) {
        continue;
      }
      if (terminated.isObject()) {
        return Optional.of("Init:" + ending(terminated));
      }
      String waiting = status.path("state").path("waiting").path("reason").asString("");
      return Optional.of(
          waiting.isEmpty() || waiting.equals("PodInitializing")
              ? "Init:" + i + "/" + total
              : "Init:" + waiting);
    }
    return Optional.empty();
  }

  private static String containers(Fields fields, String reason) {
    JsonNode statuses = fields.tree("status.containerStatuses");
    boolean running = false;
    String worst = reason;
    for (int i = statuses.size() - 1; i >= 0; i--) {
      JsonNode state = statuses.get(i).path("state");
      String waiting = state.path("waiting").path("reason").asString("");
      if (!waiting.isEmpty()) {
        worst = waiting;
      } else if (state.path("terminated").isObject()) {
        worst = ending(state.path("terminated"));
      } else if (statuses.get(i).path("ready").asBoolean(false)
          && state.path("running").isObject()) {
        running = true;
      }
    }
    return worst.equals("Completed") && running ? "Running" : worst;
  }

  private static String ending(JsonNode terminated) {
    String reason = terminated.path("reason").asString("");
    if (!reason.isEmpty()) {
      return reason;
    }
    int signal = terminated.path("signal").asInt(0);
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt(0);
  }

  /** Init containers that go on running count as containers. */
  private static Stream<JsonNode> sidecars(Fields fields) {
    return fields
        .tree("spec.initContainers")
        .valueStream()
        .filter(container -> container.path("restartPolicy").asString("").equals("Always"));
  }

  private static Stream<JsonNode> sidecarStatuses(Fields fields) {
    var names = sidecars(fields).map(container -> container.path("name").asString("")).toList();
    return names.isEmpty()
        ? Stream.empty()
        : fields
            .tree("status.initContainerStatuses")
            .valueStream()
            .filter(status -> names.contains(status.path("name").asString("")));
  }
}
