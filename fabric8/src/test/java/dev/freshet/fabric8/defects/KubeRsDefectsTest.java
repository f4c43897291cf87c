package dev.freshet.fabric8.defects;

import static dev.freshet.Consistency.cached;
import static dev.freshet.fabric8.defects.Pods.ANSWERS;
import static dev.freshet.fabric8.defects.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.fault.Exchange;
import dev.freshet.testkit.fault.Statuses;
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
}
