package dev.freshet.testkit.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PodShapesTest {
  private static final WorkloadSpec SPEC = WorkloadSpec.of(1_000);
  private static final WorkloadSpec UNIFORM = SPEC.variety(Variety.UNIFORM);

  @Test
  void theSameSeedMakesTheSamePods() {
    assertThat(manifests(SPEC)).isEqualTo(manifests(SPEC));
  }

  @Test
  void anotherSeedMakesOtherPods() {
    assertThat(manifests(SPEC)).doesNotContainAnyElementsOf(manifests(SPEC.seed(2)));
  }

  @Test
  void thereAreAtLeastTwoHundredTemplates() {
    var templates = new PodShapes(SPEC).templates();

    assertThat(new HashSet<>(templates)).hasSizeGreaterThanOrEqualTo(200);
  }

  @Test
  void theTemplatesDifferInMoreThanTheirNames() {
    var shapes =
        new PodShapes(SPEC).templates().stream().map(t -> List.of(t.images(), t.variables()));

    assertThat(shapes.distinct()).hasSizeGreaterThanOrEqualTo(200);
  }

  @Test
  void theShareOfWorkersIsExact() {
    var shapes = new PodShapes(SPEC.workerShare(0.3));

    assertThat(IntStream.range(0, 1_000).filter(shapes::isWorker)).hasSize(300);
  }

  @Test
  void markedPodsAreExactlyTheirShare() {
    var shapes = new PodShapes(SPEC.marks(Map.of("few", 0.04, "most", 0.96)));

    assertThat(marked(shapes, "few")).isEqualTo(40);
    assertThat(marked(shapes, "most")).isEqualTo(960);
  }

  @Test
  void uniformPodsComeFromEightHundredTemplates() {
    var templates = new PodShapes(UNIFORM).templates();

    assertThat(new HashSet<>(templates)).hasSize(800);
  }

  @Test
  void uniformPodsShareTheirEnvironmentAmongAFewProducts() {
    var shapes = new PodShapes(UNIFORM);

    assertThat(
            LongStream.range(0, 1_000)
                .mapToObj(i -> shapes.manifest(i, shapes.shape(i), "tag"))
                .map(PodShapesTest::environment)
                .distinct())
        .hasSizeBetween(2, 12);
  }

  @Test
  void noTwoPodsShareAName() {
    var shapes = new PodShapes(SPEC);

    assertThat(LongStream.range(0, 5_000).mapToObj(i -> shapes.shape(i).key()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aPodHasFifteenEnvironmentVariables() {
    assertThat(new PodShapes(SPEC).shape(0).template().variables()).hasSize(15);
  }

  @Test
  void eachRoundChangesTheStatus() {
    var shapes = new PodShapes(SPEC);

    assertThat(shapes.status(0, shapes.shape(0), 1))
        .isNotEqualTo(shapes.status(0, shapes.shape(0), 2));
  }

  private static long marked(PodShapes shapes, String label) {
    return LongStream.range(0, 1_000)
        .filter(i -> shapes.shape(i).labels().containsKey(label))
        .count();
  }

  private static Object environment(Map<String, Object> pod) {
    var spec = (Map<?, ?>) Objects.requireNonNull(pod.get("spec"));
    var containers = (List<?>) Objects.requireNonNull(spec.get("containers"));
    return Objects.requireNonNull(((Map<?, ?>) containers.getFirst()).get("env"));
  }

  private static List<Object> manifests(WorkloadSpec spec) {
    var shapes = new PodShapes(spec);
    return LongStream.range(0, 100)
        .<Object>mapToObj(i -> shapes.manifest(i, shapes.shape(i), "tag"))
        .toList();
  }
}
