package dev.freshet;

import static dev.freshet.Consistency.cached;
import static dev.freshet.Consistency.strong;
import static dev.freshet.scripted.Wire.deleted;
import static dev.freshet.scripted.Wire.list;
import static dev.freshet.scripted.Wire.modified;
import static dev.freshet.scripted.Wire.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceType;
import dev.freshet.scripted.ScriptedServer;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.scripted.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexTest {

  private static final ResourceType WIDGETS =
      new ResourceType("example.com", "v1", "widgets", "Widget", true);

  private final ScriptedServer server = new ScriptedServer();
  private @Nullable Cluster cluster;

  @AfterEach
  void closeCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private Reads<String> open(CacheDeclaration cache) {
    Cluster opened =
        Cluster.open(server, ClusterOptions.defaults().time(new VirtualTime()).cache(cache));
    cluster = opened;
    return opened.reads(new JsonModel(cache.type()));
  }

  private CacheHealth health() {
    if (cluster == null) {
      throw new IllegalStateException("no cluster is open");
    }
    return cluster.health().getFirst();
  }

  /** A Pod on a node; on none if that is empty. */
  private static String podOn(String node, String name, long version) {
    String spec = node.isEmpty() ? "" : "\"nodeName\":\"" + node + "\"";
    return pod(name, version).replace("\"status\"", "\"spec\":{" + spec + "},\"status\"");
  }

  private static CacheDeclaration pods() {
    return CacheDeclaration.of(Wire.PODS);
  }

  private static List<String> names(ReadList<String> list) {
    return list.rows().stream().map(Row::name).toList();
  }

  @Test
  void aFieldSelectorOnAnIndexedPathLooksOnlyAtWhatMatches() throws Exception {
    Reads<String> reads = open(pods().index("spec.nodeName"));
    server.answerList(list(10, podOn("n1", "a", 5), podOn("n2", "b", 6), podOn("n2", "c", 7)));
    var watch = server.acceptWatch();
    assertThat(names(reads.list(Query.field("spec.nodeName", "n2"), cached())))
        .containsExactly("b", "c");
    assertThat(reads.explain(Query.field("spec.nodeName", "n2"), cached()).why())
        .contains("looks at 2 of 3");
    watch.deliver(modified(podOn("n1", "c", 11)) + deleted(podOn("n1", "a", 12)));
    assertThat(names(reads.list(Query.field("spec.nodeName", "n2"), cached())))
        .containsExactly("b");
    assertThat(names(reads.list(Query.field("spec.nodeName", "n1"), cached())))
        .containsExactly("c");
    assertThat(names(reads.list(Query.fields("spec.nodeName!=n1"), cached()))).containsExactly("b");
    assertThat(health().indexes()).isEqualTo("spec.nodeName");
  }

  @Test
  void anIndexMakesAFieldAnswerableThatACacheKnowsNothingOf() throws Exception {
    Reads<String> reads = open(pods().index("status.podIP"));
    server.answerList(
        list(
            10, pod("a", 5).replace("Running\"", "Running\",\"podIP\":\"10.0.0.7\""), pod("b", 6)));
    server.acceptWatch();
    assertThat(names(reads.list(Query.field("status.podIP", "10.0.0.7"), cached())))
        .containsExactly("a");
    assertThat(names(reads.list(Query.field("status.podIP", ""), cached()))).containsExactly("b");
  }

  @Test
  void anAbsentFieldIsWhatTheApiSaysThatItMeans() throws Exception {
    Reads<String> reads = open(pods().index("spec.hostNetwork").index("spec.nodeName"));
    server.answerList(
        list(
            10,
            podOn("", "a", 5),
            pod("b", 6).replace("\"status\"", "\"spec\":{\"hostNetwork\":true},\"status\"")));
    server.acceptWatch();
    assertThat(names(reads.list(Query.field("spec.hostNetwork", "false"), cached())))
        .containsExactly("a");
    assertThat(names(reads.list(Query.field("spec.hostNetwork", "true"), cached())))
        .containsExactly("b");
    assertThat(names(reads.list(Query.fields("spec.hostNetwork!=true"), cached())))
        .containsExactly("a");
    assertThat(names(reads.list(Query.field("spec.nodeName", ""), cached())))
        .containsExactly("a", "b");
  }

  @Test
  void aFunctionIndexIsAskedByItsNameTogetherWithLabels() throws Exception {
    Reads<String> reads = open(pods().index("letters", row -> List.of(row.name().split("-", -1))));
    server.answerList(list(10, pod("a-b", 5, "web"), pod("b-c", 6, "db"), pod("c", 7, "web")));
    server.acceptWatch();
    Query lettered = Query.index("letters", "b");
    assertThat(names(reads.list(lettered, cached()))).containsExactly("a-b", "b-c");
    assertThat(names(reads.list(lettered.and(Query.label("app", "db")), cached())))
        .containsExactly("b-c");
    assertThat(names(reads.inNamespace("other").list(lettered, cached()))).isEmpty();
  }

  @Test
  void anIndexThatTheServerDoesNotKnowIsNotAskedOfIt() throws Exception {
    Reads<String> reads = open(pods().index("letters", row -> List.of(row.name())));
    server.answerList(list(10));
    server.acceptWatch();
    Query lettered = Query.index("letters", "b");
    assertThat(reads.explain(lettered, strong()).candidates())
        .extracting(Plan.Candidate::route)
        .containsExactlyInAnyOrder(Route.PROBE, Route.BOOKMARK);
    assertThatThrownBy(() -> reads.fence(Fence.DIRECT).list(lettered, strong()))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("does not know the index letters");
    assertThatThrownBy(() -> reads.list(Query.index("colours", "b"), cached()))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("no index colours");
    assertThatThrownBy(() -> reads.onEvent(Query.index("letters", "b"), change -> {}))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("letters");
  }

  @Test
  void aFunctionThatThrowsLosesNoObjectAndReadsByItAreRefusedForAsLongAsItFails() throws Exception {
    Reads<String> reads =
        open(
            pods()
                .index(
                    "phase",
                    row -> {
                      if (row.name().equals("bad")) {
                        throw new IllegalStateException("no");
                      }
                      return List.of(row.get("status.phase").orElse(""));
                    }));
    server.answerList(list(10, pod("a", 5), pod("bad", 6)));
    var watch = server.acceptWatch();
    assertThat(names(reads.list(cached()))).containsExactly("a", "bad");
    assertThat(health().indexes())
        .isEqualTo("phase fails for 1 objects, such as ns/bad (java.lang.IllegalStateException)");
    assertThatThrownBy(() -> reads.list(Query.index("phase", "Running"), cached()))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("phase fails for 1 objects, such as ns/bad");
    watch.deliver(modified(pod("a", 11)) + deleted(pod("bad", 12)));
    assertThat(names(reads.list(Query.index("phase", "Running"), cached()))).containsExactly("a");
    assertThat(health().indexes()).isEqualTo("phase");
  }

  @Test
  void anIndexThatBeginsToFailAfterTheReadWasPlannedIsRefusedToo() throws Exception {
    CacheDeclaration declared =
        pods()
            .index(
                "bad",
                row -> {
                  throw new IllegalStateException("no");
                });
    open(declared);
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch();
    Cluster opened = Objects.requireNonNull(cluster);
    Cache cache = opened.cache(Wire.PODS).orElseThrow();
    Scope scope =
        new Scope(Wire.PODS, Namespaces.all(), "test", Duration.ofSeconds(1), Fence.DIRECT, false);
    Plan plan = new Plan(cached(), Route.CACHED, "planned before", List.of());
    CachedReads reads = new CachedReads(opened, cache);
    assertThatThrownBy(() -> reads.list(reads.now(scope), scope, Query.index("bad", "b"), plan))
        .isInstanceOf(UnsupportedReadException.class)
        .hasMessageContaining("bad fails for 1 objects");
  }

  @Test
  void aFunctionThatWantsTheWholeObjectOrGivesNothingFailsToo() throws Exception {
    Reads<String> reads = open(pods().index("whole", row -> List.of(String.valueOf(row.object()))));
    server.answerList(list(10, pod("a", 5)));
    server.acceptWatch();
    assertThat(names(reads.list(cached()))).containsExactly("a");
    assertThat(health().indexes()).contains("whole fails for 1 objects", "whole object");
  }

  @Test
  void aFieldThatIsNotOneValueIsReportedAndRefused() throws Exception {
    Reads<String> reads = open(CacheDeclaration.of(WIDGETS).index("spec.size"));
    server.answerList(
        list(10, pod("a", 5).replace("\"status\"", "\"spec\":{\"size\":[1]},\"status\"")));
    var watch = server.acceptWatch();
    assertThat(health().indexes()).contains("spec.size fails for 1 objects", "ns/a", "an array");
    assertThatThrownBy(() -> reads.list(Query.field("spec.size", "1"), cached()))
        .isInstanceOf(UnsupportedReadException.class);
    assertThatThrownBy(() -> reads.list(Query.fields("spec.size!=1"), cached()))
        .isInstanceOf(UnsupportedReadException.class);
    watch.deliver(
        modified(pod("a", 11).replace("\"status\"", "\"spec\":{\"size\":\"[1]\"},\"status\"")));
    assertThat(names(reads.list(Query.field("spec.size", "[1]"), cached()))).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({
    "spec..nodeName, expected a name",
    "spec.nodename, no field nodename",
    "spec.containers, name an element",
    "spec.containers[0].image.tag, has no fields",
    "metadata.labels, name a key",
    "spec, not one value",
    "status.phase[0], has no fields",
    "spec.nodeSelector.a.b, has no fields",
  })
  void aPathThatNoPodCanHaveOneValueAtIsRefusedWhenItIsDeclared(String path, String problem) {
    assertThatThrownBy(() -> pods().index(path))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "spec.containers[0].image",
    "metadata.annotations['a.b/c']",
    "spec.containers[0].resources.requests.cpu",
    "metadata.creationTimestamp",
    "spec.priority",
    "metadata.ownerReferences[0].uid",
    "kind",
  })
  void aPathToOneValueIsTaken(String path) {
    assertThat(pods().index(path).indexes()).hasSize(1);
  }

  @Test
  void whatCannotWorkIsRefusedWhenItIsDeclared() {
    assertThatThrownBy(() -> pods().index("spec.nodeName").ofMetadata())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("metadata only");
    assertThatThrownBy(() -> pods().index("spec.nodeName").index("spec.nodeName"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("one name");
    assertThatThrownBy(() -> pods().selecting(Query.index("a", "b")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("index a");
    assertThatThrownBy(() -> CacheDeclaration.of(WIDGETS).index("metadata.nmae"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no field nmae");
    assertThat(pods().ofMetadata().index("metadata.annotations.team").indexes()).hasSize(1);
  }
}
