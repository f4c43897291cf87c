package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What short commands load beside their archive: a steady measure of what they take. See
 * docs/design/start-up.md.
 */
@Tag("verify")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartUpTest {

  private static final int VERSION_LOADS_AT_MOST = 20;

  /** Beside picocli's, which are of a class file version that no archive takes. */
  private static final int LIST_LOADS_AT_MOST = 150;

  private final BuiltCommand freshet;
  private final RehearsalServer server;

  StartUpTest(@TempDir Path directory) throws IOException {
    freshet = new BuiltCommand(directory);
    server = RehearsalServer.start();
  }

  @BeforeAll
  void makeArchive() throws Exception {
    freshet.makeArchive();
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  private String[] list(String output) {
    return new String[] {"list", "pods", "-o", output, "--kubeconfig", server.kubeconfig()};
  }

  @Test
  void aVersionLoadsNextToNothing() throws Exception {
    assertThat(freshet.loadedElsewhere("--version"))
        .hasSizeLessThanOrEqualTo(VERSION_LOADS_AT_MOST);
  }

  @Test
  void aShortListLoadsLittle() throws Exception {
    assertThat(freshet.loadedElsewhere(list("wide")))
        .filteredOn(line -> !line.contains(" picocli."))
        .hasSizeLessThanOrEqualTo(LIST_LOADS_AT_MOST);
  }

  @Test
  void anArchiveChangesNothingThatIsPrinted() throws Exception {
    Run without = freshet.run(Map.of("FRESHET_NO_ARCHIVE", "1"), list("name"));
    Run with = freshet.run(Map.of(), list("name"));
    assertThat(with.out()).isEqualTo(without.out()).contains("web-0");
  }
}
