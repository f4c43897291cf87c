package dev.freshet.trials.stage;

import dev.freshet.testkit.controlplane.User;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What one user may have under way at the API servers, whatever the others do: a priority level of
 * its own.
 *
 * @param user whose requests are meant
 * @param shares how much of the server, beside some 245 of all others together
 * @param beyond what becomes of more requests
 */
public record Room(User user, int shares, Beyond beyond) {
  /** What becomes of a request that finds no room. */
  public enum Beyond {
    /** Refused with 429, at once. */
    REFUSED("{type: Reject}"),
    /** It waits. */
    QUEUED("{type: Queue, queuing: {queues: 16, handSize: 4, queueLengthLimit: 50}}");

    private final String response;

    Beyond(String response) {
      this.response = response;
    }
  }

  /** Has the API servers give it, a moment later. */
  public void give(KubernetesClient admin) {
    admin.resource(level()).create();
    admin.resource(flow()).create();
  }

  private String name() {
    return "room-of-" + user.name();
  }

  private String level() {
    return """
        apiVersion: flowcontrol.apiserver.k8s.io/v1
        kind: PriorityLevelConfiguration
        metadata:
          name: %s
        spec:
          type: Limited
          limited:
            nominalConcurrencyShares: %d
            lendablePercent: 0
            borrowingLimitPercent: 0
            limitResponse: %s
        """
        .formatted(name(), shares, beyond.response);
  }

  private String flow() {
    return """
        apiVersion: flowcontrol.apiserver.k8s.io/v1
        kind: FlowSchema
        metadata:
          name: %s
        spec:
          matchingPrecedence: 100
          priorityLevelConfiguration:
            name: %s
          rules:
          - subjects:
            - kind: User
              user:
                name: %s
            resourceRules:
            - verbs: ["*"]
              apiGroups: ["*"]
              resources: ["*"]
              namespaces: ["*"]
              clusterScope: true
        """
        .formatted(name(), name(), user.name());
  }
}
