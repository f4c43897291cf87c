package dev.freshet.testkit.controlplane;

import java.util.List;
import java.util.stream.Stream;

/**
 * What {@link User#TEST} may do: read and write the kinds that tests use, custom resources of the
 * group {@code test.freshet.dev} among them. Secrets and roles are not granted, so that tests can
 * see a 403.
 */
public final class TestRole {
  /** The API group of custom resources that tests define. */
  public static final String CUSTOM_GROUP = "test.freshet.dev";

  static final List<Rule> RULES =
      Stream.of(
              all("", "pods", "pods/status", "pods/eviction", "pods/binding", "namespaces"),
              all("", "nodes", "nodes/status", "configmaps", "services", "events"),
              all("", "replicationcontrollers", "endpoints", "serviceaccounts"),
              all("apps", "deployments", "deployments/scale", "replicasets", "statefulsets"),
              all("apps", "deployments/status", "replicasets/status", "daemonsets"),
              all("batch", "jobs", "jobs/status", "cronjobs"),
              all("coordination.k8s.io", "leases"),
              all("apiextensions.k8s.io", "customresourcedefinitions"),
              all(CUSTOM_GROUP, "*"))
          .flatMap(List::stream)
          .toList();

  private TestRole() {}

  private static List<Rule> all(String group, String... resources) {
    return List.of(Rule.read(group, resources), Rule.write(group, resources));
  }
}
