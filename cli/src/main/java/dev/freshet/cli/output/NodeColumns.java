package dev.freshet.cli.output;

import java.util.stream.Collectors;

/** What kubectl works out for a node. */
final class NodeColumns {

  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";

  private NodeColumns() {}

  static String status(Fields fields) {
    String ready =
        fields
            .tree("status.conditions")
            .valueStream()
            .filter(condition -> condition.path("type").asString("").equals("Ready"))
            .map(condition -> condition.path("status").asString("").equals("True"))
            .map(isReady -> isReady ? "Ready" : "NotReady")
            .findFirst()
            .orElse("Unknown");
    boolean cordoned = fields.text("spec.unschedulable").filter("true"::equals).isPresent();
    return cordoned ? ready + ",SchedulingDisabled" : ready;
  }

  static String roles(Fields fields) {
    String roles =
        fields.tree("metadata.labels").propertyNames().stream()
            .filter(label -> label.startsWith(ROLE_PREFIX) && label.length() > ROLE_PREFIX.length())
            .map(label -> label.substring(ROLE_PREFIX.length()))
            .sorted()
            .collect(Collectors.joining(","));
    return roles.isEmpty() ? Fields.NONE : roles;
  }

  static String address(Fields fields, String type) {
    return fields
        .tree("status.addresses")
        .valueStream()
        .filter(address -> address.path("type").asString("").equals(type))
        .map(address -> address.path("address").asString(""))
        .findFirst()
        .orElse(Fields.NONE);
  }
}
