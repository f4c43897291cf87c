package dev.freshet.trials.admission;

import dev.freshet.examples.rayworkerquota.Mode;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.Credential;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.referee.Referee;
import dev.freshet.testkit.webhook.RegisteredWebhook;
import dev.freshet.testkit.webhook.RegisteredWebhook.Call;
import dev.freshet.testkit.webhook.WebhookCaller;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A quota in many groups, kept by a webhook in two processes, of which one is killed half-way and
 * started again.
 *
 * @param way how the quota is kept
 * @param creates how many are tried
 * @param writers at once
 * @param groups that they are spread over
 * @param quota of each group
 * @param directory where certificates and logs go
 */
@SuppressWarnings("try") // The registration is only opened and closed.
public record AdmissionTrial(
    Mode way, int creates, int writers, int groups, int quota, Path directory) {
  private static final String NAMESPACE = "crowd";
  private static final String SYSTEM = "system-of-freshet";
  private static final int TOLD_EVERY = 1_000;
  private static final long SEED = 11;

  /** Shorter than an API server's own, so that reservations end while somebody waits. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

  private static final Duration CALLED_WITHIN = Duration.ofSeconds(60);

  /** As long as reservations hold, and some more. */
  private static final Duration ENDED_WITHIN = REQUEST_TIMEOUT.plusSeconds(60);

  /** Runs it. */
  public AdmissionResult run(Consumer<String> tell)
      throws IOException, InterruptedException, ExecutionException {
    Files.createDirectories(directory);
    WebhookCaller caller = WebhookCaller.in(directory.toAbsolutePath());
    Credential serving = caller.authority().serving();
    Files.writeString(directory.resolve("tls.crt"), serving.certificate());
    Files.writeString(directory.resolve("tls.key"), serving.key());
    var options =
        caller
            .with(ControlPlaneOptions.standard().readableStorage())
            .serverFlags("--request-timeout=" + REQUEST_TIMEOUT.toSeconds() + "s");
    try (var plane = ControlPlane.start(options);
        var referee = Referee.watch(plane, "/registry/pods/");
        var balancer = Balancer.open()) {
      List<Replica> replicas = new ArrayList<>();
      try {
        return run(plane, referee, balancer, caller, replicas, tell);
      } finally {
        replicas.forEach(Replica::close);
      }
    }
  }

  private AdmissionResult run(
      ControlPlane plane,
      Referee referee,
      Balancer balancer,
      WebhookCaller caller,
      List<Replica> replicas,
      Consumer<String> tell)
      throws InterruptedException, ExecutionException {
    KubernetesClient client = plane.client(User.TEST);
    for (String name : List.of(NAMESPACE, SYSTEM)) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
    for (int i = 0; i < 2; i++) {
      replicas.add(replica(plane, i));
      balancer.add(replicas.get(i).port());
    }
    var url = URI.create("https://127.0.0.1:" + balancer.port() + "/" + ReplicaMain.NAME);
    var call =
        Call.ofPods(ReplicaMain.NAME, url, caller.authority().certificate(), NAMESPACE)
            .operations("CREATE");
    try (var registered = RegisteredWebhook.validating(plane.client(User.ADMIN), call)) {
      var crowd = new Crowd(client, NAMESPACE, groups);
      awaitCalled(client, crowd, replicas);
      long startNanos = System.nanoTime();
      crowd.create(creates, writers, SEED, half(plane, balancer, replicas, tell));
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      List<String> took = replicas.stream().map(Replica::took).toList();
      GroupHistory then = GroupHistory.of(referee.log());
      int below = 0;
      int admitted = 0;
      for (int i = 0; i < groups; i++) {
        if (then.size(Crowd.group(i)) < quota) {
          below++;
          admitted += isAdmittedInTime(client, crowd, i) ? 1 : 0;
        }
      }
      GroupHistory all = GroupHistory.of(referee.log());
      return new AdmissionResult(
          way,
          crowd.tally(),
          quota,
          groups,
          all.beyond(quota),
          all.most().values().stream().filter(most -> most >= quota).count(),
          admitted,
          below,
          took,
          seconds);
    }
  }

  private Replica replica(ControlPlane plane, int number) {
    return Replica.start(
        directory,
        plane.kubeconfig(User.TEST),
        way,
        SYSTEM,
        quota,
        REQUEST_TIMEOUT,
        directory.resolve("replica-" + number + ".log"));
  }

  /** Kills one process half-way, and starts another. */
  private IntConsumer half(
      ControlPlane plane, Balancer balancer, List<Replica> replicas, Consumer<String> tell) {
    var killed = new AtomicBoolean();
    return done -> {
      if (done % TOLD_EVERY == 0) {
        tell.accept("%s: %,d of %,d creates".formatted(way, done, creates));
      }
      if (done >= creates / 2 && killed.compareAndSet(false, true)) {
        Replica victim = replicas.getFirst();
        victim.kill();
        balancer.remove(victim.port());
        tell.accept("a process of the webhook was killed");
        Replica heir = replica(plane, 2);
        replicas.set(0, heir);
        balancer.add(heir.port());
        tell.accept("and another started");
      }
    };
  }

  /** The API server hears of a webhook a little later than whoever registers it. */
  private static void awaitCalled(KubernetesClient client, Crowd crowd, List<Replica> replicas) {
    boolean called =
        Poll.until(
            "the webhook to be called",
            CALLED_WITHIN,
            () -> {
              client.resource(crowd.pod(Crowd.group(0), 0, false)).dryRun().create();
              return replicas.stream().anyMatch(replica -> !replica.took().startsWith("0 "));
            });
    if (!called) {
      throw new IllegalStateException("the API server does not call the webhook");
    }
  }

  private boolean isAdmittedInTime(KubernetesClient client, Crowd crowd, int group) {
    return Poll.until(
        "a reservation to end",
        ENDED_WITHIN,
        () -> {
          try {
            var made =
                client.resource(crowd.pod(Crowd.group(group), creates + group + 1, false)).create();
            return made != null;
          } catch (KubernetesClientException full) {
            return false;
          }
        });
  }
}
