package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WithControlPlane
class ListTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final TestNamespace namespace;

  ListTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace;
  }

  @BeforeEach
  void createPods() {
    Stream.of("a", "b", "c").forEach(this::create);
  }

  private void create(String name) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("letter", name)
            .addToAnnotations("odd", "yes: \"no\"\n0x1f, 2026-01-02")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("registry.invalid/main:1")
            .endContainer()
            .endSpec()
            .build();
    client.pods().inNamespace(namespace.name()).resource(pod).create();
  }

  private Run list(String... args) {
    String[] here = {
      "-n", namespace.name(), "--kubeconfig", plane.kubeconfig(User.TEST).toString()
    };
    return Run.of(
        Stream.of(new String[] {"list"}, args, here).flatMap(Stream::of).toArray(String[]::new));
  }

  private List<GenericKubernetesResource> byFabric8() {
    return client
        .genericKubernetesResources("v1", "Pod")
        .inNamespace(namespace.name())
        .list()
        .getItems()
        .stream()
        .peek(pod -> pod.getMetadata().setManagedFields(null))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "yaml"})
  void aListInTextEqualsWhatFabric8Lists(String format) {
    Run run = list("pods", "-o", format);
    RunAssert.assertThat(run).succeeded();
    var read = Serialization.unmarshal(run.out(), GenericKubernetesResourceList.class);
    assertThat(read.getKind()).isEqualTo("List");
    assertThat(read.getMetadata().getResourceVersion()).matches("\\d+");
    assertThat(read.getItems().stream().map(ListTest::normal))
        .containsExactlyElementsOf(byFabric8().stream().map(ListTest::normal).toList());
  }

  /** As a tree, in which the order of members does not count. */
  private static JsonNode normal(GenericKubernetesResource object) {
    return JSON.readTree(Serialization.asJson(object));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "yaml"})
  void oneObjectInTextIsTheObjectItself(String format) {
    Run run = list("pod", "b", "-o", format);
    RunAssert.assertThat(run).succeeded();
    var read = Serialization.unmarshal(run.out(), GenericKubernetesResource.class);
    assertThat(normal(read)).isEqualTo(normal(byFabric8().get(1)));
  }

  @Test
  void namesAreThoseThatKubectlTakes() {
    assertThat(list("po", "-o", "name").outLines()).containsExactly("pod/a", "pod/b", "pod/c");
  }

  @Test
  void aTableHasKubectlsColumns() {
    List<String> lines = list("pods").outLines();
    assertThat(lines.get(0).split(" +"))
        .containsExactly("NAME", "READY", "STATUS", "RESTARTS", "AGE");
    assertThat(lines.get(1)).matches("a +0/1 +Pending +0 +\\d+s");
    assertThat(lines).hasSize(4);
  }

  @Test
  void aWideTableHasMoreColumns() {
    assertThat(list("pods", "-o", "wide").outLines().get(0)).endsWith("IP       NODE");
  }

  @Test
  void allNamespacesAreNamedInTheTable() {
    assertThat(list("pods", "-A").outLines())
        .anySatisfy(line -> assertThat(line).startsWith(namespace.name()).contains("a"));
  }

  @Test
  void labelsSelect() {
    assertThat(list("pods", "-l", "letter in (a,c)", "-o", "name").outLines())
        .containsExactly("pod/a", "pod/c");
  }

  @Test
  void fieldsSelect() {
    assertThat(list("pods", "--field-selector", "metadata.name!=a", "-o", "name").outLines())
        .containsExactly("pod/b", "pod/c");
  }

  @Test
  void cachedEqualsStrongWhenNothingChanges() {
    Run cached = list("pods", "-o", "yaml", "--consistency", "cached");
    RunAssert.assertThat(cached).succeeded();
    assertThat(items(cached)).isEqualTo(items(list("pods", "-o", "yaml")));
    assertThat(cached.err()).contains("asked=cached route=cached");
  }

  /** Versions of the collection differ: other tests write Pods elsewhere. */
  private static String items(Run run) {
    return run.out().substring(0, run.out().lastIndexOf("kind: List"));
  }

  @Test
  void provenanceIsOneLineOnStandardError() {
    assertThat(list("pods").errLines())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("asked=strong route=direct asOf=pods@")
                    .containsPattern(" bytes=\\d+"));
  }

  @Test
  void anAbsentObjectIsAFailure() {
    Run run = list("pods", "x");
    RunAssert.assertThat(run).failedWith(ExitCode.FAILED, "pods \"x\" not found", "-n");
  }

  @Test
  void noMatchIsToldAsKubectlTellsIt() {
    Run run = list("pods", "-l", "letter=z");
    RunAssert.assertThat(run).succeeded();
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .contains("No resources found in " + namespace.name() + " namespace.");
  }

  @Test
  void explainReadsNothing() {
    Run run = list("pods", "--explain");
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines()).contains("asked   strong", "route   direct");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void explainOfACachedReadSaysHowManyItLooksAt() {
    assertThat(list("pods", "--explain", "--consistency", "cached", "-l", "letter=a").out())
        .contains("looks at 1 of 3");
  }

  @Test
  void clusterScopedKindsIgnoreTheNamespace() {
    assertThat(list("namespaces", "-o", "name").outLines()).contains("namespace/default");
  }

  @Test
  void whatIsNotGrantedIsNamed() {
    RunAssert.assertThat(list("secrets"))
        .failedWith(ExitCode.FAILED, "not allowed to list secrets", "verb \"list\"");
  }
}
