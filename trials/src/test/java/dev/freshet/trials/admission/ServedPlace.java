package dev.freshet.trials.admission;

import dev.freshet.Consistency;
import dev.freshet.Query;
import dev.freshet.TouchTarget;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.controlplane.Rule;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.webhook.RegisteredWebhook;
import dev.freshet.testkit.webhook.RegisteredWebhook.Call;
import dev.freshet.testkit.webhook.WebhookCaller;
import dev.freshet.trials.stage.Room;
import dev.freshet.webhook.AdmissionServer;
import dev.freshet.webhook.Verdict;
import dev.freshet.webhook.Webhook;
import dev.freshet.webhook.http.ClientPolicy;
import dev.freshet.webhook.http.ServerOptions;
import dev.freshet.webhook.http.TlsFiles;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
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
import java.util.Set;
import java.util.function.UnaryOperator;

/** A control plane, a webhook of strong views that it may call, and a steady load for both. */
final class ServedPlace implements AutoCloseable {
  static final String NAMESPACE = "reviewed";
  static final String SYSTEM = "system-of-freshet";

  /** As whom the webhook reads; it has room of its own at the API server unless said otherwise. */
  static final User WEBHOOK = User.named("webhook-of-freshet");

  private static final Room ROOM = new Room(WEBHOOK, 10, Room.Beyond.QUEUED);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final double TOUCHES_PER_SECOND = 20;
  private static final int FULL = 1_000;

  private final Path directory;
  private final WebhookCaller caller;
  private final ControlPlane plane;
  private final Deque<Runnable> opened = new ArrayDeque<>();

  ServedPlace(Path directory) throws IOException {
    this(directory, ControlPlaneOptions.standard());
    ROOM.give(admin());
  }

  /**
   * Where API servers have a handful of seats for those whose creates are reviewed.
   *
   * @param ownRoom whether the webhook's own requests have seats that nobody else takes
   */
  static ServedPlace small(Path directory, boolean ownRoom) throws IOException {
    var place =
        new ServedPlace(
            directory,
            ControlPlaneOptions.standard()
                .serverFlags("--max-requests-inflight=20", "--max-mutating-requests-inflight=20"));
    if (ownRoom) {
      ROOM.give(place.admin());
    }
    return place;
  }

  private ServedPlace(Path directory, ControlPlaneOptions options) throws IOException {
    this.directory = directory;
    this.caller = WebhookCaller.in(directory.toAbsolutePath());
    write(caller.authority().serving());
    this.plane = ControlPlane.start(caller.with(options));
    opened.push(plane::close);
    plane.grant(
        WEBHOOK,
        Rule.read("", "pods", "configmaps"),
        Rule.write("", "pods", "pods/status", "configmaps"));
    for (String name : List.of(NAMESPACE, SYSTEM)) {
      client()
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
  }

  /** Puts a serving certificate where the webhook reads it, one file after the other. */
  void write(Credential serving) throws IOException {
    Files.writeString(directory.resolve("tls.crt"), serving.certificate());
    Files.writeString(directory.resolve("tls.key"), serving.key());
  }

  ControlPlane plane() {
    return plane;
  }

  WebhookCaller caller() {
    return caller;
  }

  KubernetesClient client() {
    return plane.client(User.TEST);
  }

  private KubernetesClient admin() {
    return plane.client(User.ADMIN);
  }

  /** Where reviews are posted. */
  String path() {
    return "/" + ReplicaMain.NAME;
  }

  /** The webhook in this process; it counts what is there. */
  AdmissionServer serve(UnaryOperator<ServerOptions> options) {
    Freshet freshet =
        Freshet.connect(
            connection ->
                connection
                    .config(plane.config(WEBHOOK))
                    .cache(
                        Pod.class,
                        pods ->
                            pods.touching(
                                TouchTarget.sentinel(SYSTEM, "fence")
                                    .perSecond(TOUCHES_PER_SECOND))));
    opened.push(freshet::close);
    freshet.awaitSynced(SOON);
    Webhook<Pod> webhook =
        Webhook.<Pod>validating(
                ReplicaMain.NAME,
                Pod.class,
                (review, view) ->
                    view.reads(Pod.class).list(Query.everything()).size() < FULL
                        ? Verdict.allow()
                        : Verdict.deny("full"))
            .level(Consistency.strong());
    var tls =
        TlsFiles.of(
            directory.resolve("tls.crt"), directory.resolve("tls.key"), caller.authorityFile());
    var defaults =
        ServerOptions.defaults(tls, new ClientPolicy.Subjects(Set.of(WebhookCaller.NAME)))
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    AdmissionServer server =
        AdmissionServer.start(freshet, options.apply(defaults), List.of(webhook));
    opened.push(server::close);
    return server;
  }

  /** Registers what listens on a port, and asks it so often from then on. */
  Traffic traffic(int port, int perSecond) {
    var url = URI.create("https://127.0.0.1:" + port + path());
    var call =
        Call.ofPods(ReplicaMain.NAME, url, caller.authority().certificate(), NAMESPACE)
            .operations("CREATE");
    var registered = RegisteredWebhook.validating(admin(), call);
    opened.push(registered::close);
    Pod pod = new Crowd(client(), NAMESPACE, 1).pod(Crowd.group(0), 0, true);
    boolean called = Poll.until("a first review", SOON, () -> isReviewed(pod));
    if (!called) {
      throw new AssertionError("no review of the webhook succeeds");
    }
    return Traffic.start(client(), pod, perSecond);
  }

  private boolean isReviewed(Pod pod) {
    try {
      return client().resource(pod).dryRun().create() != null;
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  /** Waits for so many more reviews. */
  void awaitReviews(Traffic traffic, int more) {
    long enough = traffic.answered() + more;
    boolean answered = Poll.until("reviews", SOON, () -> traffic.answered() >= enough);
    if (!answered) {
      throw new AssertionError("the reviews have stopped: " + traffic.failures());
    }
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
  }
}
