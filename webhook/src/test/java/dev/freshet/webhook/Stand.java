package dev.freshet.webhook;

import dev.freshet.TouchTarget;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.webhook.RegisteredWebhook;
import dev.freshet.testkit.webhook.RegisteredWebhook.Call;
import dev.freshet.testkit.webhook.WebhookCaller;
import dev.freshet.webhook.http.ClientPolicy;
import dev.freshet.webhook.http.ServerOptions;
import dev.freshet.webhook.http.TlsFiles;
import dev.freshet.webhook.http.TlsKeys;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A control plane that shows a client certificate to webhooks, and webhooks that know it. */
final class Stand implements AutoCloseable {

  private static final Duration CALLED_WITHIN = Duration.ofSeconds(30);

  private static final double TOUCHES_PER_SECOND = 50;

  private final WebhookCaller caller;
  private final TlsFiles tls;
  private final ControlPlane plane;

  /** In a namespace of its own, which no webhook reviews. */
  private final TouchTarget fence;

  Stand(Path directory) throws IOException {
    this.caller = WebhookCaller.in(directory);
    Credential serving = caller.authority().serving();
    this.tls =
        TlsFiles.of(
            Files.writeString(directory.resolve("tls.crt"), serving.certificate()),
            Files.writeString(directory.resolve("tls.key"), serving.key()),
            caller.authorityFile());
    this.plane = ControlPlane.start(caller.with(ControlPlaneOptions.standard()));
    this.fence = TouchTarget.sentinel(namespace().name(), "fence");
  }

  ControlPlane plane() {
    return plane;
  }

  WebhookCaller caller() {
    return caller;
  }

  /** The file by which API servers are known. */
  Path callers() {
    return caller.authorityFile();
  }

  KubernetesClient client() {
    return plane.client(User.TEST);
  }

  TestNamespace namespace() {
    return TestNamespace.create(client());
  }

  Freshet freshet() {
    return freshet(plane.config(User.TEST));
  }

  /** The same by another way. */
  Freshet freshet(Config config) {
    return Freshet.connect(
        options ->
            options
                .config(config)
                .cache(Pod.class, pods -> pods.touching(fence.perSecond(TOUCHES_PER_SECOND))));
  }

  /** With a second kind, which is kept in the same etcd. */
  Freshet ofTwoKinds() {
    return Freshet.connect(
        options ->
            options
                .config(plane.config(User.TEST))
                .cache(Pod.class)
                .cache(ConfigMap.class)
                .sharingEtcd(Pod.class, ConfigMap.class));
  }

  ServerOptions options() {
    return options(tls);
  }

  ServerOptions options(TlsKeys keys) {
    return ServerOptions.defaults(keys, new ClientPolicy.Subjects(Set.of(WebhookCaller.NAME)))
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  AdmissionServer serve(Freshet freshet, Webhook<?>... webhooks) {
    return AdmissionServer.start(freshet, options(), List.of(webhooks));
  }

  /** Everything that a test has opened, closed in the reverse order. */
  static final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T one) {
      all.push(one);
      return one;
    }

    @Override
    public void close() {
      for (AutoCloseable one : all) {
        try {
          one.close();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Registers a validating webhook for a namespace's Pods and waits until it is called. */
  RegisteredWebhook validating(
      AdmissionServer server, Webhook<?> webhook, String namespace, UnaryOperator<Call> call) {
    Call narrowed = call.apply(call(server, webhook.name(), namespace));
    var registered = RegisteredWebhook.validating(plane.client(User.ADMIN), narrowed);
    awaitCalled(server, webhook, namespace);
    return registered;
  }

  RegisteredWebhook mutating(AdmissionServer server, Webhook<?> webhook, String namespace) {
    var registered =
        RegisteredWebhook.mutating(
            plane.client(User.ADMIN), call(server, webhook.name(), namespace));
    awaitCalled(server, webhook, namespace);
    return registered;
  }

  private Call call(AdmissionServer server, String name, String namespace) {
    URI url = URI.create("https://127.0.0.1:" + server.port() + "/" + name);
    return Call.ofPods(name, url, caller.authority().certificate(), namespace);
  }

  private void awaitCalled(AdmissionServer server, Webhook<?> webhook, String namespace) {
    boolean called =
        Poll.until(
            "a first review",
            CALLED_WITHIN,
            () -> {
              tryDryRun(namespace);
              return reviews(server.counts(webhook)) > 0;
            });
    if (!called) {
      throw new AssertionError("the API server does not call " + webhook.name());
    }
  }

  private void tryDryRun(String namespace) {
    try {
      client().resource(pod(namespace, "dry", Map.of())).dryRun().create();
    } catch (KubernetesClientException refused) {
      // That is a review, too.
    }
  }

  private static long reviews(ReviewCounts counts) {
    long sum = 0;
    for (ReviewCounts.Outcome outcome : ReviewCounts.Outcome.values()) {
      sum += counts.of(outcome);
    }
    return sum;
  }

  static Pod pod(String namespace, String name, Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("registry.example/main:1")
        .endContainer()
        .endSpec()
        .build();
  }

  @Override
  public void close() {
    plane.close();
  }
}
