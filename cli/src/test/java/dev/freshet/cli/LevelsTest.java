package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Token;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.junit.TestNamespace;
import dev.freshet.testkit.junit.WithControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every level and fence of {@code freshet list} on a real API server. */
@WithControlPlane
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LevelsTest {

  private static final int FENCE_TRIES = 10;

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final TestNamespace namespace;

  @TempDir private Path directory = Path.of("");

  LevelsTest(ControlPlane plane, KubernetesClient client, TestNamespace namespace) {
    this.plane = plane;
    this.client = client;
    this.namespace = namespace;
  }

  @BeforeEach
  void createOne() {
    create("one");
  }

  private void create(String name) {
    client
        .configMaps()
        .inNamespace(namespace.name())
        .resource(new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  private Run list(String... args) {
    return listIn(Map.of(), args);
  }

  private Run listIn(Map<String, String> environment, String... args) {
    String[] here = {
      "-n", namespace.name(), "--kubeconfig", plane.kubeconfig(User.TEST).toString()
    };
    return Run.in(
        environment,
        Stream.of(new String[] {"list", "cm"}, args, here)
            .flatMap(Stream::of)
            .toArray(String[]::new));
  }

  private String token() {
    Run run = list("--print-token");
    RunAssert.assertThat(run).succeeded();
    return run.out().strip();
  }

  @ParameterizedTest
  @CsvSource({
    "strong, direct",
    "within=5s, direct",
    "read-your-writes, direct",
    "at-least=TOKEN, direct",
    "exactly=TOKEN, exact",
    "cached, cached"
  })
  void withoutACacheEachLevelTakesItsCheapestWay(String level, String route) {
    Run run = list("-o", "name", "--consistency", level.replace("TOKEN", token()));
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines()).containsExactly("configmap/one");
    assertThat(run.err()).contains("asked=" + level.replace("=TOKEN", "").replace("5s", "5000ms"));
    assertThat(run.err()).contains("route=" + route + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "within=10m, cached",
    "read-your-writes, cached",
    "at-least=TOKEN, cached",
    "strong, ''"
  })
  void withACacheWhatItCanAnswerComesFromThere(String level, String route) {
    Run run = list("-o", "name", "--cache", "--consistency", level.replace("TOKEN", token()));
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines()).containsExactly("configmap/one");
    assertThat(run.err()).contains("syncing a cache of configmaps", "route=" + route);
  }

  @Test
  void aBookmarkFenceAnswersFromTheCacheOfAQuietKind() {
    assertThat(untilItTakes("bookmark", "--fence", "bookmark").outLines())
        .containsExactly("configmap/one");
  }

  @Test
  void aTouchAnswersFromTheCacheAndWritesIntoWhatIsNamed() {
    create("sentinel");
    Run run = untilItTakes("touch", "--fence", "touch", "--touch", "sentinel");
    assertThat(run.outLines()).containsExactly("configmap/one", "configmap/sentinel");
    assertThat(
            client
                .configMaps()
                .inNamespace(namespace.name())
                .withName("sentinel")
                .get()
                .getMetadata()
                .getAnnotations())
        .containsKey("freshet.dev/fence");
  }

  /** A fence that a loaded machine kept waiting is followed by a list, which is no failure. */
  private Run untilItTakes(String route, String... args) {
    String[] all = Stream.concat(Stream.of(args), Stream.of("-o", "name")).toArray(String[]::new);
    Run run = list(all);
    for (int i = 1; i < FENCE_TRIES && !run.err().contains("route=" + route); i++) {
      run = list(all);
    }
    RunAssert.assertThat(run).succeeded();
    assertThat(run.err()).contains("asked=strong route=" + route + " ");
    return run;
  }

  @Test
  void aTouchOfWhatIsNotThereIsFollowedByAListThatSaysWhy() {
    Run run = list("-o", "name", "--fence", "touch", "--touch", "nothing");
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines()).containsExactly("configmap/one");
    assertThat(run.err()).contains("route=direct", "there is no configmaps");
  }

  @Test
  void whatIsTouchedMustBeAmongWhatIsRead() {
    RunAssert.assertThat(list("--fence", "touch", "--touch", "elsewhere/one"))
        .failedWith(ExitCode.FAILED, "is not in namespace " + namespace.name(), "-A");
  }

  @Test
  void aProbeMayBeExplainedWithoutBeingSent() {
    Run run = list("--fence", "probe", "--explain");
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines()).contains("asked   strong", "route   probe");
  }

  @Test
  void printTokenPrintsNothingElseOnStandardOutput() {
    Run run = list("--print-token");
    assertThat(run.outLines()).singleElement().satisfies(text -> Token.parse(text));
    assertThat(run.err()).contains("route=direct");
  }

  @Test
  void aTokenFileGoesBesideTheObjects() throws Exception {
    Path file = directory.resolve("token");
    Run run = list("-o", "name", "--token-file", file.toString());
    assertThat(run.outLines()).containsExactly("configmap/one");
    assertThat(Token.parse(Files.readString(file).strip()).seen())
        .singleElement()
        .satisfies(seen -> assertThat(seen.collection()).isEqualTo("configmaps"));
  }

  @Test
  void aTokenFileThatCannotBeWrittenIsNamed() {
    Path file = directory.resolve("no/such/directory");
    Run run = list("--token-file", file.toString());
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("error: the token could not be written into " + file);
  }

  @Test
  void atLeastSeesWhatWasSeenAndExactlySeesNothingElse() {
    String before = token();
    create("two");
    assertThat(list("-o", "name", "--consistency", "at-least=" + token()).outLines())
        .containsExactly("configmap/one", "configmap/two");
    assertThat(list("-o", "name", "--consistency", "exactly=" + before).outLines())
        .containsExactly("configmap/one");
  }

  @Test
  void readYourWritesGoesOnFromTheTokenOfTheShellAndHandsOnAll() {
    String pods = Tokens.ofPods(Token.parse(token()).cluster(), "shop", "7");
    Map<String, String> shell = Map.of("FRESHET_TOKEN", pods);
    Run run = listIn(shell, "--print-token", "--consistency", "read-your-writes");
    RunAssert.assertThat(run).succeeded();
    assertThat(Token.parse(run.out().strip()).seen())
        .extracting(Token.Seen::collection)
        .containsExactly("configmaps", "pods");
  }

  @Test
  void aBadTokenOfTheShellIsNamedByItsVariable() {
    Map<String, String> shell = Map.of("FRESHET_TOKEN", "f1.abc");
    RunAssert.assertThat(listIn(shell, "--consistency", "read-your-writes"))
        .failedWith(ExitCode.USAGE, "FRESHET_TOKEN: the token is truncated", "--print-token");
    RunAssert.assertThat(listIn(shell, "-o", "name")).succeeded();
  }

  @Test
  void anotherClustersTokenOfTheShellIsNamedByItsVariable() {
    Map<String, String> shell = Map.of("FRESHET_TOKEN", Tokens.ofPods("uid:there", "shop", "7"));
    RunAssert.assertThat(listIn(shell, "--consistency", "read-your-writes"))
        .failedWith(ExitCode.FAILED, "FRESHET_TOKEN: the token is of the cluster uid:there", "");
  }

  @Test
  void anotherClustersTokenMakesAtLeastStrongAndExactlyFail() {
    String foreign = Tokens.ofPods("uid:there", namespace.name(), "7");
    Run run = list("--consistency", "at-least=" + foreign);
    RunAssert.assertThat(run).succeeded();
    assertThat(run.err()).contains("route=direct");
    RunAssert.assertThat(list("--consistency", "exactly=" + foreign))
        .failedWith(ExitCode.FAILED, "the token is of the cluster uid:there", "this cluster");
  }

  @Test
  void aTokenFromTheFutureFailsAtOnce() {
    String here = Token.parse(token()).cluster();
    String future = Tokens.ofPods(here, namespace.name(), "9".repeat(30));
    String[] args = {
      "list",
      "pods",
      "-n",
      namespace.name(),
      "--kubeconfig",
      plane.kubeconfig(User.TEST).toString(),
      "--consistency",
      "at-least=" + future
    };
    RunAssert.assertThat(Run.of(args)).failedWith(ExitCode.FAILED, "9".repeat(30), "");
  }

  @Test
  void exactlyNeedsATokenThatSawTheKind() {
    String here = Token.parse(token()).cluster();
    RunAssert.assertThat(
            list("--consistency", "exactly=" + Tokens.ofPods(here, namespace.name(), "7")))
        .failedWith(ExitCode.FAILED, "does not say at which version it saw configmaps", "token");
  }

  @Test
  void getIsAnotherNameOfList() {
    Run run =
        Run.of(
            "get",
            "cm",
            "one",
            "-o",
            "name",
            "-n",
            namespace.name(),
            "--kubeconfig",
            plane.kubeconfig(User.TEST).toString());
    RunAssert.assertThat(run).succeeded();
    assertThat(run.outLines()).containsExactly("configmap/one");
  }
}
