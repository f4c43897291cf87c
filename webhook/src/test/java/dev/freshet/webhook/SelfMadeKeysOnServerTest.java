package dev.freshet.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.process.Poll;
import dev.freshet.webhook.keys.Lifetimes;
import dev.freshet.webhook.keys.SelfMadeKeys;
import dev.freshet.webhook.keys.SelfMadeOptions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API server trusts a webhook that makes its own keys, at every step of their rotation. */
class SelfMadeKeysOnServerTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final String NAME = "self-made";

  /** All of what the test makes must be valid now, by the API server's clock. */
  private static final Lifetimes LIFETIMES =
      new Lifetimes(Duration.ofDays(750), Duration.ofDays(600), Duration.ofMinutes(5));

  @TempDir static Path directory;

  private static Stand stand;

  private final Stand.Opened opened = new Stand.Opened();
  private volatile Instant now = Instant.now().minus(Duration.ofDays(550));
  private Freshet freshet;
  private String namespace;

  @BeforeAll
  static void start() throws Exception {
    stand = new Stand(directory);
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @BeforeEach
  void connect() {
    namespace = opened.add(stand.namespace()).name();
    freshet =
        opened.add(
            Freshet.connect(
                options -> options.config(stand.plane().config(User.ADMIN)).cache(Pod.class)));
    freshet.awaitSynced(SOON);
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private SelfMadeOptions options() {
    return new SelfMadeOptions(
        namespace,
        "keys",
        List.of("127.0.0.1"),
        Set.of(NAME),
        Optional.of(stand.callers()),
        LIFETIMES,
        OFTEN,
        () -> now);
  }

  private AdmissionServer serve(SelfMadeKeys keys, Webhook<Pod> webhook) {
    return opened.add(
        AdmissionServer.start(freshet, stand.options(keys).reloadEvery(OFTEN), List.of(webhook)));
  }

  @Test
  void theApiServerTrustsEachStepOfARotation() {
    SelfMadeKeys keys = opened.add(SelfMadeKeys.start(freshet, options()));
    Webhook<Pod> webhook =
        Webhook.validating(NAME, Pod.class, (review, view) -> Verdict.allow().warning("seen"));
    AdmissionServer server = serve(keys, webhook);
    // Registered with an authority that has not signed what is served.
    opened.add(stand.validating(server, webhook, namespace, call -> call));
    create(0);
    Instant first = server.certificateExpiry();
    for (int day = 1; day <= 540; day += 49) {
      now = Instant.now().minus(Duration.ofDays(550 - day));
      keys.refresh();
      create(day);
    }
    assertThat(bundle().split("BEGIN CERTIFICATE", -1)).as("two authorities").hasSize(3);
    now = now.plus(LIFETIMES.settles()).plusSeconds(1);
    keys.refresh();
    awaitServedByTheNewAuthority(server);
    create(541);
    assertThat(server.certificateExpiry()).isAfter(first);
    assertThat(stand.client().pods().inNamespace(namespace).list().getItems()).hasSize(14);
  }

  private void create(int number) {
    stand.client().resource(Stand.pod(namespace, "pod-" + number, Map.of())).create();
  }

  /** What the old one signs ends with it. */
  private static void awaitServedByTheNewAuthority(AdmissionServer server) {
    Instant old = Instant.now().plus(Duration.ofDays(201));
    boolean served =
        Poll.until("the new certificate", SOON, () -> server.certificateExpiry().isAfter(old));
    assertThat(served).isTrue();
  }

  private String bundle() {
    var configuration =
        stand
            .plane()
            .client(User.ADMIN)
            .admissionRegistration()
            .v1()
            .validatingWebhookConfigurations()
            .withName(NAME)
            .get();
    String encoded = configuration.getWebhooks().getFirst().getClientConfig().getCaBundle();
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII);
  }

  @Test
  void replicasShareOneSetOfKeys() {
    SelfMadeKeys one = opened.add(SelfMadeKeys.start(freshet, options()));
    SelfMadeKeys other = opened.add(SelfMadeKeys.start(freshet, options()));
    assertThat(other.content()).isEqualTo(one.content());
  }

  @Test
  void aSecretOfSomethingElseIsLeftAlone() {
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("keys")
            .endMetadata()
            .addToData("password", "c2VjcmV0")
            .build();
    stand.plane().client(User.ADMIN).resource(secret).create();
    assertThatThrownBy(() -> SelfMadeKeys.start(freshet, options()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the Secret of the webhook's keys holds something else");
    assertThat(
            stand
                .plane()
                .client(User.ADMIN)
                .secrets()
                .inNamespace(namespace)
                .withName("keys")
                .get()
                .getData())
        .containsOnlyKeys("password");
  }

  @Test
  void whoMayNotKeepKeysIsToldWhatIsMissing() {
    User nobody = stand.plane().grant(User.named("keeps-nothing"));
    Freshet powerless =
        opened.add(Freshet.connect(options -> options.config(stand.plane().config(nobody))));
    assertThatThrownBy(() -> SelfMadeKeys.start(powerless, options()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("HTTP 403")
        .hasMessageContaining("Let it get, create and update the Secret");
  }
}
