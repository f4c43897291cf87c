package dev.freshet.trials.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.TouchTarget;
import dev.freshet.examples.rayworkerquota.Mode;
import dev.freshet.examples.rayworkerquota.RayWorkerQuota;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.webhook.WebhookCaller;
import dev.freshet.webhook.AdmissionServer;
import dev.freshet.webhook.Webhook;
import dev.freshet.webhook.http.ClientPolicy;
import dev.freshet.webhook.http.ServerOptions;
import dev.freshet.webhook.http.TlsFiles;
import dev.freshet.webhook.reserve.Claims;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One process of the webhook. It tells {@code ready PORT} once its cache is synced, and at each
 * line of its input what reviews have taken; it ends with its input.
 */
public final class ReplicaMain {
  static final String NAME = RayWorkerQuota.NAME;

  private static final Duration SYNCED_WITHIN = Duration.ofMinutes(2);
  private static final double TOUCHES_PER_SECOND = 50;

  /** Nobody is routed to a port of this machine after the rig has heard that it ends. */
  private static final Duration ROUTED = Duration.ofSeconds(1);

  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(10);

  private ReplicaMain() {}

  /** The arguments are those of {@link Replica#start}. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Mode way = Mode.valueOf(args[2]);
    String system = args[3];
    var requestTimeout = Duration.ofSeconds(Integer.parseInt(args[5]));
    // The program ends by its input or by a signal, and both are to drain it.
    Freshet freshet =
        Freshet.connect(
            options ->
                options
                    .kubeconfig(Path.of(args[1]))
                    .cache(
                        Pod.class,
                        pods ->
                            pods.touching(
                                TouchTarget.sentinel(system, "fence")
                                    .perSecond(TOUCHES_PER_SECOND))));
    freshet.awaitSynced(SYNCED_WITHIN);
    var timed =
        new Timed(
            RayWorkerQuota.rule(
                freshet,
                way,
                Integer.parseInt(args[4]),
                Claims.configMaps(freshet, system),
                requestTimeout));
    var tls =
        TlsFiles.of(
            directory.resolve("tls.crt"),
            directory.resolve("tls.key"),
            directory.resolve("webhook-ca.crt"));
    ServerOptions options =
        ServerOptions.defaults(tls, new ClientPolicy.Subjects(Set.of(WebhookCaller.NAME)))
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    AdmissionServer server =
        AdmissionServer.start(freshet, options, List.of(Webhook.deciding(NAME, Pod.class, timed)));
    server.drainAtExit(ROUTED, DRAINED_WITHIN);
    System.out.println("ready " + server.port());
    try (var orders = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      while (orders.readLine() != null) {
        System.out.println("took " + timed.millis());
      }
    }
    System.exit(0);
  }
}
