package dev.freshet.cli.webhook;

import dev.freshet.object.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * A webhook as it is to be deployed.
 *
 * @param name of the webhook, its service, and its service account
 * @param namespace where it runs
 * @param type what it reviews
 * @param operations such as {@code CREATE}
 * @param mutating whether it changes objects
 * @param failurePolicy what the API server does where no answer comes: {@code Fail} or {@code
 *     Ignore}
 * @param timeoutSeconds how long the API server waits
 * @param exempt namespaces whose objects are not reviewed, beside its own
 * @param fence the Pod in its namespace that it makes to touch; empty for none
 * @param constraints whose claims it keeps in ConfigMaps
 * @param selfMadeKeys whether it makes its certificates itself
 * @param authority the certificate that its own is issued by, as PEM; empty if somebody else fills
 *     that in
 */
public record Deployment(
    String name,
    String namespace,
    ResourceType type,
    List<String> operations,
    boolean mutating,
    String failurePolicy,
    int timeoutSeconds,
    List<String> exempt,
    Optional<String> fence,
    List<String> constraints,
    boolean selfMadeKeys,
    Optional<String> authority) {

  public Deployment {
    operations = List.copyOf(operations);
    exempt = List.copyOf(exempt);
    constraints = List.copyOf(constraints);
  }

  /** As the API server knows whoever runs as its service account. */
  String user() {
    return "system:serviceaccount:" + namespace + ":" + name;
  }
}
