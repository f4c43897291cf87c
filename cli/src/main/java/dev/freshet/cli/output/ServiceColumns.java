package dev.freshet.cli.output;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What kubectl works out for a service. */
final class ServiceColumns {

  private ServiceColumns() {}

  static String externalIp(Fields fields) {
    String type = fields.text("spec.type").orElse("");
    if (type.equals("ExternalName")) {
      return fields.text("spec.externalName").orElse(Fields.NONE);
    }
    Stream<String> given = fields.tree("spec.externalIPs").valueStream().map(ip -> ip.asString(""));
    Stream<String> balanced =
        fields.tree("status.loadBalancer.ingress").valueStream().map(ServiceColumns::ingress);
    List<String> all = Stream.concat(balanced, given).filter(ip -> !ip.isEmpty()).toList();
    if (all.isEmpty()) {
      return type.equals("LoadBalancer") ? "<pending>" : Fields.NONE;
    }
    return String.join(",", all);
  }

  private static String ingress(JsonNode ingress) {
    String ip = ingress.path("ip").asString("");
    return ip.isEmpty() ? ingress.path("hostname").asString("") : ip;
  }

  static String ports(Fields fields) {
    String ports =
        fields
            .tree("spec.ports")
            .valueStream()
            .map(
                port -> {
                  int node = port.path("nodePort").asInt(0);
                  return port.path("port").asString("")
                      + (node == 0 ? "" : ":" + node)
                      + "/"
                      + port.path("protocol").asString("TCP");
                })
            .collect(Collectors.joining(","));
    return ports.isEmpty() ? Fields.NONE : ports;
  }
}
