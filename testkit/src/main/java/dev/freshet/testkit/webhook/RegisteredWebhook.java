package dev.freshet.testkit.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.Base64;
import java.util.List;

/**
 * A webhook that an API server has been told to call; closing it takes that back. The API servers
 * hear of both a little later, within a second as a rule: wait until a review comes.
 */
public final class RegisteredWebhook implements AutoCloseable {
  private static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

  private final Runnable removal;

  private RegisteredWebhook(Runnable removal) {
    this.removal = removal;
  }

  /**
   * Where and for what a webhook is called.
   *
   * @param name of its configuration; a DNS label
   * @param url where reviews are posted, by HTTPS
   * @param authority the certificate that the webhook's own is issued by, as PEM
   * @param namespace whose objects it reviews
   * @param resources of the core group, such as {@code pods}, with subresources if named
   * @param operations such as {@code CREATE}
   * @param timeoutSeconds how long the API server waits, 1 to 30
   */
  public record Call(
      String name,
      URI url,
      String authority,
      String namespace,
      List<String> resources,
      List<String> operations,
      int timeoutSeconds) {

    /** Creates and updates of Pods, with ten seconds for each. */
    public static Call ofPods(String name, URI url, String authority, String namespace) {
      return new Call(
          name, url, authority, namespace, List.of("pods"), List.of("CREATE", "UPDATE"), 10);
    }

    /** The same for other operations. */
    public Call operations(String... names) {
      return new Call(name, url, authority, namespace, resources, List.of(names), timeoutSeconds);
    }

    /** The same for other resources. */
    public Call resources(String... names) {
      return new Call(name, url, authority, namespace, List.of(names), operations, timeoutSeconds);
    }

    /** The same with another time to answer. */
    public Call timeoutSeconds(int seconds) {
      return new Call(name, url, authority, namespace, resources, operations, seconds);
    }

    private String qualifiedName() {
      return name + ".freshet.dev";
    }

    private WebhookClientConfig client() {
      return new WebhookClientConfigBuilder()
          .withUrl(url.toString())
          .withCaBundle(Base64.getEncoder().encodeToString(authority.getBytes(UTF_8)))
          .build();
    }

    private RuleWithOperations rule() {
      return new RuleWithOperationsBuilder()
          .withApiGroups("")
          .withApiVersions("v1")
          .withResources(resources)
          .withOperations(operations)
          .build();
    }

    private LabelSelector selector() {
      return new LabelSelectorBuilder().addToMatchLabels(NAMESPACE_LABEL, namespace).build();
    }
  }

  /** Registers a validating webhook, by a client that may. */
  public static RegisteredWebhook validating(KubernetesClient client, Call call) {
    var configuration =
        new ValidatingWebhookConfigurationBuilder()
            .withNewMetadata()
            .withName(call.name())
            .endMetadata()
            .addNewWebhook()
            .withName(call.qualifiedName())
            .withClientConfig(call.client())
            .withRules(call.rule())
            .withNamespaceSelector(call.selector())
            .withFailurePolicy("Fail")
            .withSideEffects("NoneOnDryRun")
            .withTimeoutSeconds(call.timeoutSeconds())
            .withAdmissionReviewVersions("v1")
            .endWebhook()
            .build();
    client.resource(configuration).create();
    return new RegisteredWebhook(() -> client.resource(configuration).delete());
  }

  /** Registers a mutating webhook, by a client that may. */
  public static RegisteredWebhook mutating(KubernetesClient client, Call call) {
    var configuration =
        new MutatingWebhookConfigurationBuilder()
            .withNewMetadata()
            .withName(call.name())
            .endMetadata()
            .addNewWebhook()
            .withName(call.qualifiedName())
            .withClientConfig(call.client())
            .withRules(call.rule())
            .withNamespaceSelector(call.selector())
            .withFailurePolicy("Fail")
            .withSideEffects("NoneOnDryRun")
            .withTimeoutSeconds(call.timeoutSeconds())
            .withAdmissionReviewVersions("v1")
            .endWebhook()
            .build();
    client.resource(configuration).create();
    return new RegisteredWebhook(() -> client.resource(configuration).delete());
  }

  @Override
  public void close() {
    removal.run();
  }
}
