package dev.freshet.bench.contest;

import static dev.freshet.Consistency.strong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.ReadList;
import dev.freshet.Route;
import dev.freshet.TouchTarget;
import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void aTouchBringsACacheOfManyCopiesToAStrongListOfTheRecordedPods() throws IOException {
    Path list =
        Files.write(directory.resolve("list"), RecordedPodsTest.listOf("web-1", "worker-1"));
    var pods = new RecordedPods(new Recording(list, list));
    try (var server = new RecordedServer(pods, 10);
        var freshet =
            Freshet.connect(
                options ->
                    options
                        .kubeconfig(server.kubeconfig(directory))
                        .cache(
                            Pod.class,
                            all -> all.touching(TouchTarget.sentinel("default", "fence"))))) {
      freshet.awaitSynced(PATIENCE);

      ReadList<Pod> answer =
          freshet
              .reads(Pod.class)
              .fence(Fence.TOUCH)
              .list(Query.label(Arena.MOST, "yes"), strong());

      assertThat(answer.provenance().route()).isEqualTo(Route.TOUCH);
      assertThat(answer.rows()).extracting(row -> row.name()).containsExactly("web-1", "worker-1");
      assertThat(freshet.health().getFirst().objects()).isEqualTo(21);
    }
  }
}
