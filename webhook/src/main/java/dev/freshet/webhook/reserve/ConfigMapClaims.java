package dev.freshet.webhook.reserve;

import dev.freshet.error.ApiException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.FreshetException;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.webhook.reserve.Claim.Reservation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Claims of several replicas: a ConfigMap for each bucket, swapped by its resourceVersion. What
 * this process has written last is taken for read, which is sound: a swap finds out if it is not.
 */
final class ConfigMapClaims implements Claims {

  private static final String RESERVATIONS = "reservations";
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int WORDS = 3;

  private final Supplier<KubernetesClient> client;
  private final String namespace;

  /** By bucket, of which there are few. */
  private final Map<String, Claim> remembered = new ConcurrentHashMap<>();

  ConfigMapClaims(Supplier<KubernetesClient> client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public Claim read(String bucket) {
    Claim last = remembered.get(bucket);
    if (last != null) {
      return last;
    }
    try {
      ConfigMap held =
          client.get().configMaps().inNamespace(namespace).withName(nameOf(bucket)).get();
      return held == null ? Claim.NOTHING : claim(held);
    } catch (KubernetesClientException e) {
      throw failure("read", bucket, e);
    }
  }

  @Override
  public boolean swap(String bucket, Claim read, List<Reservation> reservations) {
    remembered.remove(bucket);
    ConfigMap next = configMap(bucket, read, reservations);
    try {
      ConfigMap written =
          read.version().equals(Claim.NONE)
              ? client.get().resource(next).create()
              : client.get().resource(next).update();
      remembered.put(bucket, claim(written));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT || e.getCode() == NOT_FOUND) {
        return false;
      }
      throw failure("written", bucket, e);
    }
  }

  private FreshetException failure(String what, String bucket, KubernetesClientException e) {
    String claim = "the ConfigMap " + namespace + "/" + nameOf(bucket);
    if (e.getCode() == 0) {
      return new ConnectionException(
          claim + " could not be " + what, "Look at the connection to the API server.", e);
    }
    return new ApiException(
        e.getCode(),
        "",
        Optional.empty(),
        claim + " could not be " + what + ": the API server answered " + e.getCode(),
        "Allow the webhook to get, create and update its ConfigMaps; see freshet webhook manifests.");
  }

  private static String nameOf(String bucket) {
    return "freshet-claim-" + bucket;
  }

  private ConfigMap configMap(String bucket, Claim read, List<Reservation> reservations) {
    StringBuilder lines = new StringBuilder();
    for (Reservation one : reservations) {
      lines
          .append(one.group())
          .append(' ')
          .append(one.uid())
          .append(' ')
          .append(one.untilMillis())
          .append('\n');
    }
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(nameOf(bucket))
        .withResourceVersion(read.version().equals(Claim.NONE) ? null : read.version())
        .addToLabels(MANAGED_BY, "freshet")
        .endMetadata()
        .addToData(RESERVATIONS, lines.toString())
        .build();
  }

  private static Claim claim(ConfigMap held) {
    String lines = held.getData() == null ? "" : held.getData().getOrDefault(RESERVATIONS, "");
    List<Reservation> reservations = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      reservations.add(reservation(held, line.split(" ", -1)));
    }
    return new Claim(held.getMetadata().getResourceVersion(), reservations);
  }

  private static Reservation reservation(ConfigMap held, String[] words) {
    try {
      if (words.length == WORDS) {
        return new Reservation(words[0], words[1], Long.parseLong(words[2]));
      }
    } catch (NumberFormatException notOurs) {
      // As if it had another number of words.
    }
    throw new MalformedResponseException(
        "the ConfigMap "
            + held.getMetadata().getNamespace()
            + "/"
            + held.getMetadata().getName()
            + " holds something that is no reservation",
        "Delete it while nothing that it counts is being created.");
  }
}
