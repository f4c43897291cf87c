package dev.freshet.examples.rayworkerquota;

import dev.freshet.TouchTarget;
import dev.freshet.fabric8.Freshet;
import dev.freshet.webhook.AdmissionServer;
import dev.freshet.webhook.Webhook;
import dev.freshet.webhook.http.ClientPolicy;
import dev.freshet.webhook.http.ServerOptions;
import dev.freshet.webhook.http.TlsFiles;
import dev.freshet.webhook.reserve.Claims;
import dev.freshet.webhook.reserve.Constraint;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The webhook as a program. Its environment names the {@code QUOTA}, the namespace that it runs in
 * ({@code POD_NAMESPACE}), the directory of its keys ({@code TLS_DIRECTORY}: tls.crt, tls.key,
 * client-ca.crt), and whom API servers call themselves ({@code API_SERVER}).
 */
public final class Main {

  /** As long as kube-proxy may still route reviews here once the Pod is not ready. */
  private static final Duration ROUTED = Duration.ofSeconds(10);

  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(15);

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    String namespace = environment("POD_NAMESPACE");
    Path keys = Path.of(environment("TLS_DIRECTORY"));
    var tls =
        TlsFiles.of(
            keys.resolve("tls.crt"), keys.resolve("tls.key"), keys.resolve("client-ca.crt"));
    var callers = new ClientPolicy.Subjects(Set.of(environment("API_SERVER")));
    var fence = TouchTarget.sentinel(namespace, RayWorkerQuota.NAME + "-fence");
    try (Freshet freshet =
        Freshet.connect(
            options ->
                options
                    .caller(RayWorkerQuota.NAME)
                    .cache(Pod.class, pods -> pods.touching(fence)))) {
      var rule =
          RayWorkerQuota.rule(
              freshet,
              Mode.RESERVED,
              Integer.parseInt(environment("QUOTA")),
              Claims.configMaps(freshet, namespace),
              Constraint.Limit.REQUEST_TIMEOUT);
      Webhook<Pod> webhook = Webhook.deciding(RayWorkerQuota.NAME, Pod.class, rule);
      try (AdmissionServer server =
          AdmissionServer.start(freshet, ServerOptions.defaults(tls, callers), List.of(webhook))) {
        server.drainAtExit(ROUTED, DRAINED_WITHIN);
        Thread.currentThread().join();
      }
    }
  }

  private static String environment(String name) {
    return Objects.requireNonNull(System.getenv(name), name + " is not set");
  }
}
