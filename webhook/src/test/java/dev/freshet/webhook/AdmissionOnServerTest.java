package dev.freshet.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.Consistency;
import dev.freshet.Query;
import dev.freshet.Route;
import dev.freshet.Row;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.FaultProxy;
import dev.freshet.testkit.webhook.ReviewReplay;
import dev.freshet.testkit.webhook.ReviewReplay.Replayed;
import dev.freshet.webhook.Webhook.Undecided;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodExecOptions;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviews of the real API server, which shows a client certificate. */
class AdmissionOnServerTest {

  private static final Duration SYNCED_WITHIN = Duration.ofSeconds(30);

  @TempDir static Path directory;

  private static Stand stand;

  private final Stand.Opened opened = new Stand.Opened();
  private final List<String> seen = new CopyOnWriteArrayList<>();
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
    freshet = opened.add(stand.freshet());
    freshet.awaitSynced(SYNCED_WITHIN);
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private AdmissionServer validate(String name, Validator<Pod> validator, String... operations) {
    return serve(Webhook.validating(name, Pod.class, validator), operations);
  }

  private AdmissionServer serve(Webhook<Pod> webhook, String... operations) {
    AdmissionServer server = opened.add(stand.serve(freshet, webhook));
    opened.add(
        stand.validating(
            server,
            webhook,
            namespace,
            call -> operations.length == 0 ? call : call.operations(operations)));
    return server;
  }

  private Pod create(String name) {
    return stand.client().resource(Stand.pod(namespace, name, Map.of())).create();
  }

  @Test
  void whatIsDeniedIsNotStoredAndTheUserHearsWhy() {
    validate(
        "deny",
        (review, view) ->
            review.name().equals("bad") ? Verdict.deny("no bad Pods here") : Verdict.allow());
    assertThat(create("good").getMetadata().getUid()).isNotEmpty();
    assertThatThrownBy(() -> create("bad"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("admission webhook \"deny.freshet.dev\" denied the request")
        .hasMessageContaining("no bad Pods here");
    assertThat(stand.client().pods().inNamespace(namespace).withName("bad").get()).isNull();
  }

  @Test
  void eachReviewSeesEverythingThatWasCommittedBeforeIt() {
    validate(
        "sees",
        (review, view) -> {
          List<String> names =
              view.reads(Pod.class).inNamespace(review.namespace()).list().rows().stream()
                  .map(Row::name)
                  .sorted()
                  .toList();
          if (!review.isDryRun()) {
            seen.add(String.join(",", names));
          }
          return Verdict.allow();
        });
    create("a");
    create("b");
    create("c");
    assertThat(seen).containsExactly("", "a", "a,b");
  }

  @Test
  void allReadsOfOneReviewAreOfOneMoment() {
    List<Integer> sizes = new ArrayList<>();
    validate(
        "pinned",
        (review, view) -> {
          if (!review.isDryRun() && review.name().equals("outer")) {
            sizes.add(view.reads(Pod.class).inNamespace(namespace).list().size());
            create("inner");
            sizes.add(view.reads(Pod.class).inNamespace(namespace).list().size());
          }
          return Verdict.allow();
        });
    create("outer");
    assertThat(sizes).containsExactly(0, 0);
    assertThat(stand.client().pods().inNamespace(namespace).list().getItems()).hasSize(2);
  }

  @Test
  void aCachedViewShowsAtLeastTheOldObjectOfTheReview() {
    serve(
        Webhook.<Pod>validating(
                "old",
                Pod.class,
                (review, view) -> {
                  if (review.operation() == Operation.UPDATE && !review.isDryRun()) {
                    String old =
                        review.oldObject().orElseThrow().getMetadata().getResourceVersion();
                    var held = view.reads(Pod.class).get(namespace, review.name());
                    boolean shown = held.row().orElseThrow().resourceVersion().text().equals(old);
                    seen.add(shown ? "shown" : "behind");
                  }
                  return Verdict.allow();
                })
            .level(Consistency.cached()));
    create("a");
    for (int i = 0; i < 20; i++) {
      label("a", "round", Integer.toString(i));
    }
    assertThat(seen).hasSize(20).containsOnly("shown");
  }

  private void label(String name, String key, String value) {
    stand
        .client()
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            "{\"metadata\":{\"labels\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  @Test
  void aMutatorsDifferenceIsAppliedAndNothingElseTouched() {
    Webhook<Pod> webhook =
        Webhook.mutating(
            "mutates",
            Pod.class,
            (review, view) -> {
              Pod pod = review.object().orElseThrow();
              Map<String, String> labels = new HashMap<>();
              if (pod.getMetadata().getLabels() != null) {
                labels.putAll(pod.getMetadata().getLabels());
              }
              labels.put(
                  "seen",
                  Integer.toString(view.reads(Pod.class).inNamespace(namespace).list().size()));
              pod.getMetadata().setLabels(labels);
              return Mutation.to(pod);
            });
    AdmissionServer server = opened.add(stand.serve(freshet, webhook));
    opened.add(stand.mutating(server, webhook, namespace));
    Pod sent =
        new PodBuilder(Stand.pod(namespace, "a", Map.of()))
            .editSpec()
            .addNewVolume()
            .withName("empty")
            .withNewEmptyDir()
            .endEmptyDir()
            .endVolume()
            .endSpec()
            .build();
    Pod stored = stand.client().resource(sent).create();
    assertThat(stored.getMetadata().getLabels()).containsEntry("seen", "0");
    assertThat(stored.getSpec().getVolumes().getFirst().getEmptyDir()).isNotNull();
    assertThat(stored.getSpec().getContainers().getFirst().getImage())
        .isEqualTo("registry.example/main:1");
  }

  @Test
  void deletesAreReviewedToo() {
    validate(
        "all",
        (review, view) -> {
          if (!review.isDryRun()) {
            seen.add(review.operation() + " " + review.object().isPresent());
          }
          return Verdict.allow();
        },
        "CREATE",
        "DELETE");
    create("a");
    stand.client().pods().inNamespace(namespace).withName("a").withGracePeriod(0).delete();
    // The API server asks more than once about one delete.
    assertThat(seen).startsWith("CREATE true").endsWith("DELETE false");
    assertThat(seen).containsOnly("CREATE true", "DELETE false");
  }

  @Test
  void whereNothingIsSyncedTheDeclaredAnswerIsGiven() {
    User nobody = stand.plane().grant(User.named("sees-nothing"));
    Freshet blind =
        opened.add(
            Freshet.connect(
                options -> options.config(stand.plane().config(nobody)).cache(Pod.class)));
    Validator<Pod> counts =
        (review, view) -> {
          int size = view.reads(Pod.class).list().size();
          return size < 100 ? Verdict.allow() : Verdict.deny("full");
        };
    Webhook<Pod> strict = Webhook.validating("strict", Pod.class, counts);
    Webhook<Pod> lenient =
        Webhook.validating("lenient", Pod.class, counts).undecided(Undecided.ALLOW);
    AdmissionServer server = opened.add(stand.serve(blind, strict, lenient));
    var registered = stand.validating(server, strict, namespace, call -> call);
    assertThatThrownBy(() -> create("a"))
        .hasMessageContaining(
            "strict could not decide: the cache of pods has no complete list yet");
    registered.close();
    opened.add(stand.validating(server, lenient, namespace, call -> call));
    assertThat(server.counts(lenient).of(ReviewCounts.Outcome.UNDECIDED)).isPositive();
  }

  @Test
  void whileTheApiServerIsOutOfReachTheDeclaredAnswerIsGivenInTime() {
    var direct = stand.plane().config(User.TEST);
    FaultProxy proxy = opened.add(FaultProxy.inFrontOf(direct));
    Freshet apart = opened.add(stand.freshet(proxy.through(direct)));
    apart.awaitSynced(SYNCED_WITHIN);
    Validator<Pod> counts =
        (review, view) ->
            view.reads(Pod.class).list().size() < 100 ? Verdict.allow() : Verdict.deny("full");
    Webhook<Pod> strict = Webhook.validating("reaches", Pod.class, counts);
    AdmissionServer server = opened.add(stand.serve(apart, strict));
    opened.add(stand.validating(server, strict, namespace, call -> call.timeoutSeconds(2)));
    assertThat(create("before").getMetadata().getUid()).isNotEmpty();
    proxy.hold();
    // The API server's own failure would read "failed calling webhook".
    assertThatThrownBy(() -> create("held")).hasMessageContaining("reaches could not decide: ");
    proxy.resume();
    proxy.refuse();
    proxy.cutAll();
    assertThatThrownBy(() -> create("cut")).hasMessageContaining("reaches could not decide: ");
    proxy.accept();
    assertThat(server.counts(strict).of(ReviewCounts.Outcome.FAILED)).isZero();
  }

  @Test
  void whoeverTakesTooLongIsLeftBehindBeforeTheServerGivesUp() {
    var never = new CountDownLatch(1);
    Webhook<Pod> slow =
        Webhook.validating(
            "slow",
            Pod.class,
            (review, view) -> {
              if (!review.isDryRun()) {
                never.await();
              }
              return Verdict.allow();
            });
    AdmissionServer server = opened.add(stand.serve(freshet, slow));
    opened.add(stand.validating(server, slow, namespace, call -> call.timeoutSeconds(1)));
    assertThatThrownBy(() -> create("a"))
        .hasMessageContaining("slow could not decide: no decision within");
    assertThat(server.counts(slow).of(ReviewCounts.Outcome.UNDECIDED)).isEqualTo(1);
  }

  @Test
  void aFailureOfTheWebhookItselfShowsNothingOfItself() {
    validate(
        "fails",
        (review, view) -> {
          throw new IllegalStateException("the secret is 42");
        });
    assertThatThrownBy(() -> create("a"))
        .hasMessageContaining("the webhook failed: IllegalStateException")
        .hasMessageNotContaining("42");
  }

  @Test
  void aReviewsRequestsAreChargedToTheWebhook() {
    validate(
        "charged",
        (review, view) -> {
          seen.add(
              view.reads(Pod.class).provenance().route() == Route.CACHED ? "cached" : "fenced");
          return Verdict.allow();
        });
    assertThat(seen).contains("fenced").doesNotContain("cached");
    assertThat(freshet.spent()).containsKey("charged");
  }

  @Test
  void aKindWithoutACacheIsSaidToBeMissing() {
    validate(
        "maps",
        (review, view) -> {
          view.reads(ConfigMap.class).list(Query.everything());
          return Verdict.allow();
        });
    assertThatThrownBy(() -> create("a"))
        .hasMessageContaining("no cache of configmaps is declared");
  }

  @Test
  void kindsOfOneEtcdAreShownAtOneVersion() {
    freshet = opened.add(stand.ofTwoKinds());
    freshet.awaitSynced(SYNCED_WITHIN);
    serve(
        Webhook.<Pod>validating(
                "together",
                Pod.class,
                (review, view) -> {
                  var pods = view.reads(Pod.class);
                  createMap(review.uid());
                  var maps = view.reads(ConfigMap.class);
                  boolean isLater = maps.get(namespace, review.uid()).row().isPresent();
                  boolean isOne = pods.provenance().asOf().equals(maps.provenance().asOf());
                  seen.add((isOne ? "one version" : "two versions") + (isLater ? ", late" : ""));
                  return Verdict.allow();
                })
            .together(Pod.class, ConfigMap.class));
    create("a");
    create("b");
    assertThat(seen).hasSizeGreaterThanOrEqualTo(2).containsOnly("one version");
    assertThat(freshet.spent()).containsKey("together");
  }

  private void createMap(String name) {
    stand
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build())
        .create();
  }

  @Test
  void connectsAreReviewedWithTheirOptions() {
    Webhook<Pod> webhook =
        Webhook.validating(
            "connects",
            Pod.class,
            (review, view) -> {
              if (review.operation() != Operation.CONNECT) {
                return Verdict.allow();
              }
              var options = review.objectAs(PodExecOptions.class).orElseThrow();
              return Verdict.deny(review.subResource() + " of " + options.getCommand());
            });
    AdmissionServer server = opened.add(stand.serve(freshet, webhook));
    opened.add(
        stand.validating(
            server,
            webhook,
            namespace,
            call -> call.operations("CREATE", "CONNECT").resources("pods", "pods/exec")));
    create("a");
    String path = "/api/v1/namespaces/" + namespace + "/pods/a/exec?command=ls&command=-l";
    assertThatThrownBy(() -> stand.plane().client(User.ADMIN).raw(path, "POST", null))
        .hasMessageContaining("exec of [ls, -l]");
  }

  @Test
  void metersTellHowReviewsEnd() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var metrics = new AdmissionMetrics(registry);
    Webhook<Pod> webhook =
        Webhook.validating(
            "metered",
            Pod.class,
            (review, view) ->
                review.name().equals("bad") ? Verdict.deny("no bad Pods here") : Verdict.allow());
    AdmissionServer server =
        opened.add(AdmissionServer.start(freshet, stand.options(), List.of(webhook), metrics));
    metrics.watch(server);
    assertThat(registry.scrape())
        .contains("freshet_webhook_review_seconds_count{outcome=\"denied\",webhook=\"metered\"} 0")
        .contains("freshet_webhook_ready 1.0")
        .contains("freshet_webhook_certificate_expiry_seconds ");
    opened.add(stand.validating(server, webhook, namespace, call -> call));
    create("good");
    assertThatThrownBy(() -> create("bad")).hasMessageContaining("no bad Pods here");
    assertThat(registry.scrape())
        .contains("freshet_webhook_review_seconds_count{outcome=\"denied\",webhook=\"metered\"} 1")
        .contains("freshet_webhook_review_seconds_bucket{outcome=\"allowed\",webhook=\"metered\"")
        .containsPattern("freshet_webhook_http_responses_total\\{status=\"200\"\\} [2-9]");
  }

  @Test
  void recordedReviewsAreAnsweredAgain() {
    Webhook<Pod> webhook =
        Webhook.validating(
            "replayed",
            Pod.class,
            (review, view) ->
                review.object().orElseThrow().getMetadata().getLabels().containsValue("a")
                    ? Verdict.allow()
                    : Verdict.deny("only team a may"));
    AdmissionServer server = opened.add(stand.serve(freshet, webhook));
    var url = URI.create("https://127.0.0.1:" + server.port() + webhook.path());
    var replayed =
        ReviewReplay.to(url, stand.caller()).all(Path.of("src", "test", "resources", "reviews"));
    assertThat(replayed)
        .extracting(Replayed::review, Replayed::status, Replayed::allowed, Replayed::message)
        .containsExactly(
            tuple("1-good.json", 200, true, ""),
            tuple("2-bad.json", 200, false, "only team a may"));
    assertThat(ReviewReplay.to(url, stand.caller()).one("none", new byte[0]).status())
        .isEqualTo(400);
  }
}
