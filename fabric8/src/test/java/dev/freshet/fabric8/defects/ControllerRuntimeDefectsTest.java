package dev.freshet.fabric8.defects;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static dev.freshet.fabric8.defects.Pods.ANSWERS;
import static dev.freshet.fabric8.defects.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.ReadList;
import dev.freshet.Reads;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.fault.Answers;
import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.FaultServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong with controller-runtime 0.25, and with those who use it. */
@Timeout(120)
class ControllerRuntimeDefectsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  // cache.WaitForCacheSync and the wait for one's own writes end with the context alone.
  @Test
  void waitingForACacheEndsAtItsDeadlineAndSaysWhatItWaitedFor() {
    try (var pods = ScriptedPods.listing()) {
      pods.server().nextRequest();
      assertThatThrownBy(() -> pods.freshet().awaitSynced(SHORT))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("pods");
    }
  }

  @Test
  void aReadOfASilentServerEndsAtItsDeadlineAndSaysWhatItWaitedFor() {
    try (var pods = ScriptedPods.listing()) {
      Exchange watch = pods.listAndWatch(10, pod("a", 3));
      watch.connection().freeze();
      assertThatThrownBy(() -> pods.reads().within(SHORT).list(strong()))
          .isInstanceOf(DeadlineException.class)
          .hasMessageContaining("pods");
      assertThat(pods.names()).containsExactly("a");
    }
  }

  // A Get starts a watch of the whole cluster: cert-manager came to hold 30,000 Secrets.
  @Test
  void aReadOfAnUndeclaredKindAsksForThatReadAloneOrIsRefused() throws Exception {
    try (var server = FaultServer.start();
        var freshet = Freshet.connect(options -> options.config(server.config()))) {
      Reads<Secret> secrets = freshet.reads(Secret.class).inNamespace("ns");
      assertThatThrownBy(() -> secrets.get("one", cached())).isInstanceOf(FreshetException.class);
      assertThat(server.connections()).isZero();

      var got = CompletableFuture.supplyAsync(() -> secrets.get("one", strong()).isPresent());
      Exchange asked = server.nextRequest();
      assertThat(asked.request().path()).isEqualTo("/api/v1/namespaces/ns/secrets");
      assertThat(asked.request().query()).containsEntry("fieldSelector", "metadata.name=one");
      assertThat(asked.request().isWatch()).isFalse();
      asked.answer(200, Answers.of(Secret.class).list(10));
      assertThat(got).succeedsWithin(Pods.PATIENCE).isEqualTo(false);
      assertThat(server.hasUnseenRequests()).isFalse();
      assertThat(freshet.health()).isEmpty();
    }
  }

  // The version of a cache of several namespaces is the highest of its watches, so that a wait for
  // one's own write ends before the write is there.
  @Test
  void anAnswerFromSeveralStreamsIsNoNewerThanTheOldestOfThem() {
    try (var pods = ScriptedPods.listing(cache -> cache.inNamespaces("one", "two"))) {
      for (int i = 0; i < 2; i++) {
        Exchange list = pods.server().nextRequest(request -> !request.isWatch());
        boolean one = list.request().path().contains("/one/");
        Pod pod = Pods.in(one ? "one" : "two", "p", 3, "");
        list.answer(200, ANSWERS.list(one ? 10 : 20, pod));
      }
      pods.freshet().awaitSynced(Pods.PATIENCE);
      ReadList<Pod> both = pods.reads().inNamespaces("one", "two").list(cached());
      assertThat(both).hasSize(2);
      assertThat(both.resourceVersion().text()).isEqualTo("10");
    }
  }
}
