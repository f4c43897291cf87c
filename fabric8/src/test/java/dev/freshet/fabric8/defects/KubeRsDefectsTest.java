package dev.freshet.fabric8.defects;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static dev.freshet.fabric8.defects.Pods.ANSWERS;
import static dev.freshet.fabric8.defects.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.freshet.Fence;
import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.Statuses;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong in kube-rs 4.2; its repeated POST is in {@link WriteDefectsTest}. */
@Timeout(120)
class KubeRsDefectsTest {

  // A streamed list is asked for at any version, so that a lagging server takes the store back.
  @Test
  void aStreamedListIsAlwaysAskedForAsOfNow() {
    try (var pods = ScriptedPods.streaming()) {
      Exchange first = pods.server().acceptStreamedList();
      assertThat(first.request().query()).doesNotContainKey("resourceVersion");
      first.push(ANSWERS.initialEventsEnd(10));
      pods.awaitFrontier(10);
      first.push(ANSWERS.error(Statuses.expired())).end();
      Exchange again = pods.server().acceptStreamedList();
      assertThat(again.request().query()).doesNotContainKey("resourceVersion");
    }
  }

  @Test
  void aStreamedListThatIsOlderAllTheSameBeginsANewEpochAndSaysSo() {
    try (var pods = ScriptedPods.streaming()) {
      Exchange first = pods.stream(100, pod("a", 90));
      assertThat(pods.reads().list(cached()).provenance().epoch()).isEqualTo(1);
      first.push(ANSWERS.error(Statuses.expired())).end();
      pods.stream(50, pod("a", 40));
      assertThat(pods.reads().list(cached()).provenance().epoch()).isEqualTo(2);
    }
  }

  // kube #1743: any_semantic() is dropped without a word, since it does not go with the default
  // page size.
  @Test
  void aReadOfTheCacheStaysOneHoweverManyObjectsItIsOf() {
    Pod[] many = IntStream.range(0, 600).mapToObj(i -> pod("p" + i, i + 1)).toArray(Pod[]::new);
    try (var pods = ScriptedPods.listing()) {
      pods.listAndWatch(1_000, many);
      var cheap = pods.reads().list(cached());
      assertThat(cheap).hasSize(many.length);
      assertThat(cheap.provenance().asked()).isEqualTo(cached());
      assertThat(cheap.provenance().requests().sent()).isZero();
    }
  }

  @Test
  void aStrongReadStaysOneHoweverManyObjectsItIsOf() {
    Pod[] many = IntStream.range(0, 600).mapToObj(i -> pod("p" + i, i + 1)).toArray(Pod[]::new);
    try (var pods = ScriptedPods.listing()) {
      pods.listAndWatch(1_000, many);
      var read =
          CompletableFuture.supplyAsync(() -> pods.reads().fence(Fence.DIRECT).list(strong()));
      Exchange asked = pods.server().nextRequest();
      assertThat(asked.request().query())
          .doesNotContainKeys("limit", "resourceVersion", "resourceVersionMatch");
      asked.answer(200, ANSWERS.list(1_000, many));
      assertThat(read).succeedsWithin(Pods.PATIENCE).asInstanceOf(LIST).hasSize(many.length);
    }
  }

  @Test
  void aCacheThatListsInPagesAsksForThemAsOfNow() {
    try (var pods = ScriptedPods.listing()) {
      for (int i = 0; i < 2; i++) {
        pods.server().nextRequest().fail(Statuses.of(504, "Timeout", "too large"));
      }
      Exchange first = pods.server().nextRequest();
      assertThat(first.request().query())
          .containsKey("limit")
          .doesNotContainKeys("resourceVersion", "resourceVersionMatch");
      first.answer(200, ANSWERS.page(10, "more", pod("a", 3)));
      pods.list(10, pod("b", 4));
      assertThat(pods.names()).containsExactly("a", "b");
      assertThat(pods.reads().list(cached()).provenance().behindAtMost()).isPresent();
    }
  }
}
