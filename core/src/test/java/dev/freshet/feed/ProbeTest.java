package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import dev.freshet.selector.FieldSelector;
import dev.freshet.selector.LabelSelector;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProbeTest {

  private static final ResourceType NODES = new ResourceType("", "v1", "nodes", "Node", false);

  private final ScriptedServer server = new ScriptedServer();
  private final VirtualTime time = new VirtualTime();

  /** The URL of a probe that is answered at 12. */
  private String asked(FeedScope scope) throws Exception {
    Feed feed = Feeds.of(scope, server, time);
    var answer =
        CompletableFuture.supplyAsync(
            () -> feed.probe("quota", Deadline.in(Duration.ofSeconds(1), time)));
    var request = server.nextRequest();
    request.answer(200).push(Wire.list(12)).end();
    assertThat(answer.get()).isEqualTo(new ResourceVersion("12"));
    assertThat(request.request().caller()).isEqualTo("quota");
    return request.request().pathAndQuery();
  }

  @Test
  void inAllNamespacesItLooksInOneThatCannotBe() throws Exception {
    assertThat(asked(FeedScope.of(Wire.PODS)))
        .isEqualTo(
            "/api/v1/pods?fieldSelector=metadata.name%3Dfreshet-probe.%2C"
                + "metadata.namespace%3Dfreshet-probe.");
  }

  @Test
  void inOneNamespaceItLooksThereWhateverTheCacheSelects() throws Exception {
    FeedScope scope =
        new FeedScope(
            Wire.PODS,
            Optional.of("ns"),
            LabelSelector.parse("app=web"),
            FieldSelector.everything(),
            false);
    assertThat(asked(scope))
        .isEqualTo("/api/v1/namespaces/ns/pods?fieldSelector=metadata.name%3Dfreshet-probe.");
  }

  @Test
  void ofAKindWithoutNamespacesItNamesNone() throws Exception {
    assertThat(asked(FeedScope.of(NODES)))
        .isEqualTo("/api/v1/nodes?fieldSelector=metadata.name%3Dfreshet-probe.");
  }
}
