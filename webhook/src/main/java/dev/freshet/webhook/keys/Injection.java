package dev.freshet.webhook.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells API servers whom to trust: writes the bundle into the configurations of the webhook, all
 * webhooks in them. One that is not there yet is told of once it is.
 */
final class Injection {

  private static final Logger LOG = LoggerFactory.getLogger(Injection.class);
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final Set<String> configurations;

  /**
   * @param configurations names of validating and mutating webhook configurations
   */
  Injection(KubernetesClient client, Set<String> configurations) {
    this.client = client;
    this.configurations = configurations;
  }

  /**
   * Writes the bundle wherever it is not yet.
   *
   * @return whether it was everywhere already
   * @throws KubernetesClientException if that cannot be known or done
   */
  boolean put(String bundle) {
    String encoded = Base64.getEncoder().encodeToString(bundle.getBytes(US_ASCII));
    boolean everywhere = true;
    for (String name : configurations) {
      Optional<Boolean> validating = putValidating(name, encoded);
      Optional<Boolean> mutating = putMutating(name, encoded);
      if (validating.isEmpty() && mutating.isEmpty()) {
        LOG.warn("There is no webhook configuration {} to write the authority into yet", name);
        everywhere = false;
      }
      everywhere &= validating.orElse(true) && mutating.orElse(true);
    }
    return everywhere;
  }

  private Optional<Boolean> putValidating(String name, String encoded) {
    return put(
        client.admissionRegistration().v1().validatingWebhookConfigurations().withName(name).get(),
        ValidatingWebhookConfiguration::getWebhooks,
        ValidatingWebhook::getClientConfig,
        encoded);
  }

  private Optional<Boolean> putMutating(String name, String encoded) {
    return put(
        client.admissionRegistration().v1().mutatingWebhookConfigurations().withName(name).get(),
        MutatingWebhookConfiguration::getWebhooks,
        MutatingWebhook::getClientConfig,
        encoded);
  }

  /** Whether it was there already; empty where there is no such configuration. */
  private <C extends HasMetadata, W> Optional<Boolean> put(
      @Nullable C found,
      Function<C, List<W>> webhooks,
      Function<W, WebhookClientConfig> access,
      String encoded) {
    if (found == null) {
      return Optional.empty();
    }
    List<WebhookClientConfig> all = webhooks.apply(found).stream().map(access).toList();
    boolean same = all.stream().allMatch(one -> Objects.equals(one.getCaBundle(), encoded));
    if (!same) {
      all.forEach(one -> one.setCaBundle(encoded));
      write(found);
    }
    return Optional.of(same);
  }

  /** Whoever wrote in between is looked at next time. */
  private void write(HasMetadata configuration) {
    try {
      var unused = client.resource(configuration).update();
      LOG.info("The authority was written into {}", configuration.getMetadata().getName());
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw e;
      }
    }
  }
}
