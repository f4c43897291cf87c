package dev.freshet.cli;

import dev.freshet.TouchTarget;
import dev.freshet.examples.rayworkerquota.Mode;
import dev.freshet.examples.rayworkerquota.RayWorkerQuota;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.webhook.RegisteredWebhook;
import dev.freshet.testkit.webhook.RegisteredWebhook.Call;
import dev.freshet.testkit.webhook.WebhookCaller;
import dev.freshet.webhook.AdmissionServer;
import dev.freshet.webhook.ReviewCounts;
import dev.freshet.webhook.Webhook;
import dev.freshet.webhook.http.ClientPolicy;
import dev.freshet.webhook.http.HttpLimits;
import dev.freshet.webhook.http.ServerOptions;
import dev.freshet.webhook.http.TlsFiles;
import dev.freshet.webhook.reserve.Claims;
import dev.freshet.webhook.reserve.Constraint;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One run of {@code demo webhook}: the same creates at once, with the quota kept in each way. */
final class WebhookDemo {

  private static final Duration SYNCED_WITHIN = Duration.ofMinutes(1);
  private static final Duration CALLED_WITHIN = Duration.ofMinutes(1);
  private static final String SYSTEM = "ray-system";
  private static final double TOUCHES_PER_SECOND = 50;

  /** Longer than the creates of a demo wait for each other on a small machine. */
  private static final int TIMEOUT_SECONDS = 30;

  private static final double NANOS_PER_MILLI = 1e6;

  private final int creates;
  private final int quota;
  private final Path directory;
  private final ProgressLine progress;

  /**
   * @param directory of certificates, which nobody needs afterwards
   */
  WebhookDemo(int creates, int quota, Path directory, ProgressLine progress) {
    this.creates = creates;
    this.quota = quota;
    this.directory = directory;
    this.progress = progress;
  }

  /**
   * What one way of keeping the quota came to.
   *
   * @param p50Millis of a create, admitted or not, as its client saw it
   */
  record Row(
      String mode,
      int creates,
      int quota,
      int admitted,
      int overAdmitted,
      double p50Millis,
      double p99Millis) {}

  List<Row> run() throws IOException, InterruptedException {
    WebhookCaller caller = WebhookCaller.in(directory);
    Credential serving = caller.authority().serving();
    var tls =
        TlsFiles.of(
            Files.writeString(directory.resolve("tls.crt"), serving.certificate()),
            Files.writeString(directory.resolve("tls.key"), serving.key()),
            caller.authorityFile());
    progress.begin("starting etcd and kube-apiserver");
    var options = caller.with(ControlPlaneOptions.standard().telling(progress));
    try (var plane = ControlPlane.start(options)) {
      create(plane, SYSTEM);
      List<Row> rows = new ArrayList<>();
      for (Mode mode : Mode.values()) {
        rows.add(in(mode, plane, caller, tls));
      }
      return rows;
    }
  }

  private static void create(ControlPlane plane, String namespace) {
    var named = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build();
    plane.client(User.TEST).resource(named).create();
  }

  @SuppressWarnings("try") // The registration is only opened and closed.
  private Row in(Mode mode, ControlPlane plane, WebhookCaller caller, TlsFiles tls)
      throws InterruptedException {
    String name = mode.name().toLowerCase(Locale.ROOT);
    create(plane, name);
    var fence = TouchTarget.sentinel(SYSTEM, "fence").perSecond(TOUCHES_PER_SECOND);
    try (Freshet freshet =
        Freshet.connect(
            o ->
                o.config(plane.config(User.TEST)).cache(Pod.class, pods -> pods.touching(fence)))) {
      freshet.awaitSynced(SYNCED_WITHIN);
      var rule =
          RayWorkerQuota.rule(
              freshet,
              mode,
              quota,
              Claims.configMaps(freshet, SYSTEM),
              Constraint.Limit.REQUEST_TIMEOUT);
      Webhook<Pod> webhook = Webhook.deciding(RayWorkerQuota.NAME, Pod.class, rule);
      var serves =
          ServerOptions.defaults(tls, new ClientPolicy.Subjects(Set.of(WebhookCaller.NAME)))
              .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .limits(HttpLimits.defaults().maxConcurrent(creates));
      try (AdmissionServer server = AdmissionServer.start(freshet, serves, List.of(webhook));
          var registered =
              RegisteredWebhook.validating(
                  plane.client(User.ADMIN), call(server, webhook, caller, name))) {
        KubernetesClient client = plane.client(User.TEST);
        awaitCalled(client, name, server.counts(webhook));
        progress.begin("creating " + creates + " workers at once, quota kept by " + name);
        return createAll(client, name);
      }
    }
  }

  private static Call call(
      AdmissionServer server, Webhook<?> webhook, WebhookCaller caller, String namespace) {
    URI url = URI.create("https://127.0.0.1:" + server.port() + webhook.path());
    return Call.ofPods(webhook.name(), url, caller.authority().certificate(), namespace)
        .operations("CREATE")
        .timeoutSeconds(TIMEOUT_SECONDS);
  }

  /** The API server hears of a webhook a little later than whoever registers it. */
  private static void awaitCalled(KubernetesClient client, String namespace, ReviewCounts counts) {
    boolean called =
        Poll.until(
            "the webhook to be called",
            CALLED_WITHIN,
            () -> {
              client.resource(worker(namespace, "dry")).dryRun().create();
              return counts.of(ReviewCounts.Outcome.ALLOWED) > 0;
            });
    if (!called) {
      throw new CommandFailure(
          "kube-apiserver did not call the webhook within " + CALLED_WITHIN.toSeconds() + " s",
          "Try again; with --debug the log shows what it answered.");
    }
  }

  private Row createAll(KubernetesClient client, String namespace) throws InterruptedException {
    List<Callable<Long>> all = new ArrayList<>();
    for (int i = 0; i < creates; i++) {
      Pod worker = worker(namespace, "worker-" + i);
      all.add(() -> nanosOf(client, worker));
    }
    long[] nanos = new long[creates];
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> took = threads.invokeAll(all);
      for (int i = 0; i < creates; i++) {
        nanos[i] = took.get(i).get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a create failed", e.getCause());
    }
    Arrays.sort(nanos);
    int admitted = client.pods().inNamespace(namespace).list().getItems().size();
    return new Row(
        namespace,
        creates,
        quota,
        admitted,
        Math.max(0, admitted - quota),
        nanos[creates / 2] / NANOS_PER_MILLI,
        nanos[(int) (creates * 0.99)] / NANOS_PER_MILLI);
  }

  private static long nanosOf(KubernetesClient client, Pod worker) {
    long start = System.nanoTime();
    try {
      client.resource(worker).create();
    } catch (KubernetesClientException refused) {
      // That is an answer, too.
    }
    return System.nanoTime() - start;
  }

  private static Pod worker(String namespace, String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels(RayWorkerQuota.CLUSTER, "demo")
        .addToLabels("ray.io/node-type", "worker")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("ray")
        .withImage("registry.example/ray:2")
        .endContainer()
        .endSpec()
        .build();
  }
}
