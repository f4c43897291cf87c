package dev.freshet.trials.levels;

import dev.freshet.fabric8.FreshetSession;
import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.Caller;
import dev.freshet.testkit.history.Recorder.PendingWrite;
import dev.freshet.testkit.workload.Churn;
import dev.freshet.testkit.workload.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What one client writes through the client of its session, each written down with a tag of its
 * own. For one thread.
 */
final class OwnWrites {
  private static final int MAX_PODS = 12;
  private static final int FEW_PODS = 4;
  private static final int SHARDS = 16;
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

  private final Desk desk;
  private final String client;
  private final RandomGenerator random;
  private final List<Mine> pods = new ArrayList<>();
  private long next;

  /** A Pod of this client's own, as it was told last. */
  private record Mine(String namespace, String name, String uid, String version) {}

  OwnWrites(Desk desk, String client, RandomGenerator random) {
    this.desk = desk;
    this.client = client;
    this.random = random;
  }

  /** Writes something, unless writes are held. */
  void write(FreshetSession session, Caller caller) {
    if (!desk.mayWrite()) {
      return;
    }
    try {
      int chosen = random.nextInt(100);
      if (chosen < 2) {
        patchQuiet(session, caller);
      } else if (pods.size() < FEW_PODS || (chosen < 20 && pods.size() < MAX_PODS)) {
        create(session, caller);
      } else if (chosen < 36) {
        delete(session, caller);
      } else {
        patchMine(session, caller);
      }
    } finally {
      desk.hasWritten();
    }
  }

  /** Writes to an object that others write too, on the condition that it is as it was seen. */
  void writeShared(FreshetSession session, Caller caller, String name, String seenVersion) {
    if (!desk.mayWrite()) {
      return;
    }
    try {
      String tag = tag();
      var unused =
          put(
              caller,
              Kind.PODS,
              Scenery.NAMESPACE + "/" + name,
              Long.parseLong(seenVersion),
              tag,
              () -> patch(session, Scenery.NAMESPACE, name, tag, Optional.of(seenVersion)));
    } finally {
      desk.hasWritten();
    }
  }

  private void create(FreshetSession session, Caller caller) {
    String namespace = Repertoire.anyNamespace(random);
    String name = client + "-" + next;
    String tag = tag();
    Pod pod = Scenery.pod(namespace, name, tag, "own");
    put(
            caller,
            Kind.PODS,
            namespace + "/" + name,
            Answer.UNKNOWN,
            tag,
            () -> session.client().pods().inNamespace(namespace).resource(pod).create())
        .ifPresent(made -> pods.add(mine(made)));
  }

  private void patchMine(FreshetSession session, Caller caller) {
    int index = random.nextInt(pods.size());
    Mine pod = pods.get(index);
    String tag = tag();
    Optional<String> version = random.nextBoolean() ? Optional.of(pod.version()) : Optional.empty();
    Optional<Pod> patched =
        put(
            caller,
            Kind.PODS,
            pod.namespace() + "/" + pod.name(),
            version.map(Long::parseLong).orElse(Answer.UNKNOWN),
            tag,
            () -> patch(session, pod.namespace(), pod.name(), tag, version));
    if (patched.isPresent()) {
      pods.set(index, mine(patched.get()));
    } else {
      pods.remove(index);
    }
  }

  private Pod patch(
      FreshetSession session, String namespace, String name, String tag, Optional<String> version) {
    String body =
        "{\"metadata\":{%s\"annotations\":{\"%s\":\"%s\"},\"labels\":{\"%s\":\"%d\"}}}"
            .formatted(
                version.map(rv -> "\"resourceVersion\":\"" + rv + "\",").orElse(""),
                Workload.TAG,
                tag,
                Churn.SHARD_LABEL,
                random.nextInt(SHARDS));
    return patch(session, path(Kind.PODS.plural(), namespace, name), body, Pod.class);
  }

  /** Without the read that fabric8's own patch begins with: servers have enough to do. */
  private static <T> T patch(FreshetSession session, String path, String body, Class<T> type) {
    KubernetesClient client = session.client();
    HttpClient http = client.getHttpClient();
    String uri = client.getMasterUrl().toString().replaceAll("/$", "") + path;
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(uri)
            .method("PATCH", "application/merge-patch+json", body)
            .build();
    HttpResponse<String> response;
    try {
      response =
          http.sendAsync(request, String.class)
              .get(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KubernetesClientException("no answer to the patch of " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted in the patch of " + path, e);
    }
    if (!response.isSuccessful()) {
      throw new KubernetesClientException(response.message(), response.code(), null);
    }
    return client.getKubernetesSerialization().unmarshal(response.body(), type);
  }

  private static String path(String plural, String namespace, String name) {
    return "/api/v1/namespaces/" + namespace + "/" + plural + "/" + name;
  }

  private void patchQuiet(FreshetSession session, Caller caller) {
    String name = Scenery.quiet(random.nextInt(Scenery.CONFIG_MAPS));
    String tag = tag();
    String body = "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(Workload.TAG, tag);
    String path = path(Kind.CONFIG_MAPS.plural(), Scenery.NAMESPACE, name);
    var unused =
        put(
            caller,
            Kind.CONFIG_MAPS,
            Scenery.NAMESPACE + "/" + name,
            Answer.UNKNOWN,
            tag,
            () -> patch(session, path, body, ConfigMap.class));
  }

  private void delete(FreshetSession session, Caller caller) {
    Mine pod = pods.remove(random.nextInt(pods.size()));
    var options =
        new DeleteOptionsBuilder()
            .withGracePeriodSeconds(0L)
            .withNewPreconditions()
            .withUid(pod.uid())
            .endPreconditions()
            .build();
    String path = path(Kind.PODS.plural(), pod.namespace(), pod.name());
    PendingWrite pending =
        desk.recorder()
            .delete(caller, Kind.PODS.plural(), pod.namespace() + "/" + pod.name(), pod.uid());
    try {
      var unused = session.client().raw(path, "DELETE", options);
      pending.done(pod.uid(), Answer.UNKNOWN);
    } catch (KubernetesClientException e) {
      failed(pending, e);
    }
  }

  private <T extends HasMetadata> Optional<T> put(
      Caller caller, Kind kind, String key, long precondition, String tag, Supplier<T> request) {
    PendingWrite pending = desk.recorder().put(caller, kind.plural(), key, precondition, tag);
    try {
      T made = request.get();
      pending.done(
          made.getMetadata().getUid(), Long.parseLong(made.getMetadata().getResourceVersion()));
      return Optional.of(made);
    } catch (KubernetesClientException e) {
      failed(pending, e);
      return Optional.empty();
    }
  }

  private static void failed(PendingWrite pending, KubernetesClientException e) {
    if (e.getCode() / 100 == 4) {
      pending.refused("HTTP " + e.getCode());
    } else {
      pending.unknown("HTTP " + e.getCode() + ": " + e.getMessage());
    }
  }

  private String tag() {
    return client + "-" + next++;
  }

  private static Mine mine(Pod pod) {
    return new Mine(
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        pod.getMetadata().getResourceVersion());
  }
}
