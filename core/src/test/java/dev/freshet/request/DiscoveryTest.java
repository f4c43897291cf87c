package dev.freshet.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.discovery.ServedKind;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.scripted.Gates;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.time.Deadline;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

  private static final String CORE =
      document("", kind("", "pods", "Pod", "list"), kind("", "bindings", "Binding", "create"));

  private static final String GROUPS =
      document(
          "apps",
          kind("apps", "deployments", "Deployment", "list"),
          kind("apps", "bindings", "Binding", "list"),
          kind("apps", "pods", "Pod", "list"));

  private final ScriptedServer server = new ScriptedServer();

  @Test
  void aCoreKindIsFoundWithoutAskingForTheGroups() throws Exception {
    var found = find("Pod");
    answer("/api", CORE);
    assertThat(found.join().type().group()).isEmpty();
  }

  @Test
  void anyOtherKindIsFoundAmongTheGroups() throws Exception {
    var found = find("deployments");
    answer("/api", CORE);
    answer("/apis", GROUPS);
    assertThat(found.join().type().kind()).isEqualTo("Deployment");
  }

  @Test
  void aCoreKindThatCannotBeListedGivesWayToOneThatCan() throws Exception {
    var found = find("bindings");
    answer("/api", CORE);
    answer("/apis", GROUPS);
    assertThat(found.join().type().group()).isEqualTo("apps");
  }

  @Test
  void anUnknownKindIsRefusedWithNamesFromAll() throws Exception {
    var found = find("deploymint");
    answer("/api", CORE);
    answer("/apis", GROUPS);
    assertThatThrownBy(found::join)
        .cause()
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("no kind \"deploymint\"")
        .hasMessageContaining("deployments");
  }

  private CompletableFuture<ServedKind> find(String name) {
    var time = new VirtualTime();
    return CompletableFuture.supplyAsync(
        () ->
            new Discovery(Gates.of(server, time), "test")
                .find(name, Deadline.in(Duration.ofMinutes(1), time)));
  }

  private void answer(String path, String document) throws InterruptedException {
    ScriptedServer.Exchange exchange = server.nextRequest();
    assertThat(exchange.request().pathAndQuery()).isEqualTo(path);
    exchange.answer(200).push(document).end();
  }

  private static String document(String group, String... kinds) {
    return """
    {"items":[{"metadata":{"name":"%s"},"versions":[{"version":"v1","resources":[%s]}]}]}
    """
        .formatted(group, String.join(",", kinds));
  }

  private static String kind(String group, String plural, String kind, String verb) {
    return """
    {"resource":"%s","responseKind":{"group":"%s","version":"v1","kind":"%s"},"scope":"Namespaced",
     "singularResource":"%s","verbs":["%s"]}
    """
        .formatted(plural, group, kind, kind.toLowerCase(Locale.ROOT), verb);
  }
}
