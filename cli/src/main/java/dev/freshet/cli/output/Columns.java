package dev.freshet.cli.output;

import dev.freshet.object.ResourceType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The columns of each kind, as kubectl shows them (k8s.io/kubernetes pkg/printers/internalversion).
 * Kinds that are not listed here show name and age. Immutable.
 */
final class Columns {

  private final Ages ages;

  Columns(Ages ages) {
    this.ages = ages;
  }

  List<Column> of(ResourceType type) {
    return switch (type.qualifiedName()) {
      case "pods" -> pods();
      case "nodes" -> nodes();
      case "services" -> services();
      case "namespaces" -> List.of(name(), Column.field("STATUS", "status.phase"), age());
      case "configmaps" -> List.of(name(), keys("data", "binaryData"), age());
      case "secrets" -> List.of(name(), Column.field("TYPE", "type"), keys("data"), age());
      case "events", "events.events.k8s.io" -> events();
      case "deployments.apps" -> deployments();
      case "replicasets.apps" -> replicaSets();
      case "statefulsets.apps" -> statefulSets();
      case "daemonsets.apps" -> daemonSets();
      case "jobs.batch" -> jobs();
      case "leases.coordination.k8s.io" ->
          List.of(name(), Column.field("HOLDER", "spec.holderIdentity"), age());
      default -> List.of(name(), age());
    };
  }

  private static Column name() {
    return Column.of("NAME", Fields::name);
  }

  private Column age() {
    return Column.of(
        "AGE",
        fields ->
            fields.text("metadata.creationTimestamp").map(ages::since).orElse(Fields.UNKNOWN));
  }

  private static Column keys(String... maps) {
    return Column.of(
        "DATA",
        fields -> Integer.toString(Stream.of(maps).mapToInt(map -> fields.tree(map).size()).sum()));
  }

  private List<Column> pods() {
    var pods = new PodColumns(ages);
    return List.of(
        name(),
        Column.of("READY", pods::ready),
        Column.of("STATUS", pods::status),
        Column.of("RESTARTS", pods::restarts),
        age(),
        Column.wide("IP", fields -> fields.text("status.podIP").orElse(Fields.NONE)),
        Column.wide("NODE", fields -> fields.text("spec.nodeName").orElse(Fields.NONE)));
  }

  private List<Column> nodes() {
    return List.of(
        name(),
        Column.of("STATUS", NodeColumns::status),
        Column.of("ROLES", NodeColumns::roles),
        age(),
        Column.field("VERSION", "status.nodeInfo.kubeletVersion"),
        Column.wide("INTERNAL-IP", fields -> NodeColumns.address(fields, "InternalIP")),
        Column.wide(
            "OS-IMAGE", fields -> fields.text("status.nodeInfo.osImage").orElse(Fields.UNKNOWN)));
  }

  private List<Column> services() {
    return List.of(
        name(),
        Column.field("TYPE", "spec.type"),
        Column.field("CLUSTER-IP", "spec.clusterIP"),
        Column.of("EXTERNAL-IP", ServiceColumns::externalIp),
        Column.of("PORT(S)", ServiceColumns::ports),
        age(),
        Column.wide("SELECTOR", fields -> pairs(fields.tree("spec.selector"))));
  }

  private List<Column> events() {
    return List.of(
        Column.of(
            "LAST SEEN",
            fields -> EventColumns.lastSeen(fields).map(ages::since).orElse(Fields.UNKNOWN)),
        Column.field("TYPE", "type"),
        Column.field("REASON", "reason"),
        Column.of("OBJECT", EventColumns::object),
        Column.of("MESSAGE", EventColumns::message));
  }

  private List<Column> deployments() {
    return List.of(
        name(),
        readyOf("spec.replicas"),
        Column.count("UP-TO-DATE", "status.updatedReplicas"),
        Column.count("AVAILABLE", "status.availableReplicas"),
        age(),
        images(),
        selector());
  }

  private List<Column> replicaSets() {
    return List.of(
        name(),
        Column.count("DESIRED", "spec.replicas"),
        Column.count("CURRENT", "status.replicas"),
        Column.count("READY", "status.readyReplicas"),
        age(),
        images(),
        selector());
  }

  private List<Column> statefulSets() {
    return List.of(name(), readyOf("spec.replicas"), age(), images());
  }

  private List<Column> daemonSets() {
    return List.of(
        name(),
        Column.count("DESIRED", "status.desiredNumberScheduled"),
        Column.count("CURRENT", "status.currentNumberScheduled"),
        Column.count("READY", "status.numberReady"),
        Column.count("UP-TO-DATE", "status.updatedNumberScheduled"),
        Column.count("AVAILABLE", "status.numberAvailable"),
        age(),
        images(),
        selector());
  }

  private List<Column> jobs() {
    return List.of(
        name(),
        Column.of(
            "COMPLETIONS",
            fields ->
                fields.text("status.succeeded").orElse("0")
                    + "/"
                    + fields.text("spec.completions").orElse("1")),
        age(),
        images());
  }

  private static Column readyOf(String wanted) {
    return Column.of(
        "READY",
        fields ->
            fields.text("status.readyReplicas").orElse("0")
                + "/"
                + fields.text(wanted).orElse("0"));
  }

  private static Column images() {
    return Column.wide(
        "IMAGES",
        fields ->
            fields
                .tree("spec.template.spec.containers")
                .valueStream()
                .map(container -> container.path("image").asString(""))
                .collect(Collectors.joining(",")));
  }

  private static Column selector() {
    return Column.wide("SELECTOR", fields -> pairs(fields.tree("spec.selector.matchLabels")));
  }

  private static String pairs(JsonNode map) {
    return map.isEmpty()
        ? Fields.NONE
        : map.properties().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().asString(""))
            .sorted()
            .collect(Collectors.joining(","));
  }
}
