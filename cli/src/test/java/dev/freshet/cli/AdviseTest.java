package dev.freshet.cli;

import static dev.freshet.Consistency.strong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Advice;
import dev.freshet.fabric8.Freshet;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code advise} says of a recording, of a running program, and of what is neither. */
class AdviseTest {

  private static final String ONE_POD =
      "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"},"
          + "\"items\":[{\"metadata\":{\"name\":\"a\",\"namespace\":\"shop\","
          + "\"resourceVersion\":\"5\"}}]}";

  @TempDir private Path directory = Path.of("");
  private FakeApiServer server;

  AdviseTest() throws IOException {
    server = FakeApiServer.start();
  }

  @BeforeEach
  void serveAPod() {
    server.answer("/api/v1/namespaces/shop/pods", 200, ONE_POD);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Records what a program reads, and keeps what it says of that itself. */
  private List<Advice> record(Path file, int reads) throws IOException {
    Path kubeconfig = server.kubeconfig(directory);
    try (var recording = new Recording();
        var freshet = Freshet.connect(options -> options.kubeconfig(kubeconfig))) {
      recording.enable("dev.freshet.Read");
      recording.start();
      for (int i = 0; i < reads; i++) {
        freshet.reads(Pod.class).inNamespace("shop").as("quota").list(strong());
      }
      recording.stop();
      recording.dump(file);
      return freshet.load().advice();
    }
  }

  @Test
  void aRecordingGivesTheAdviceThatTheProgramWouldGive() throws IOException {
    Path file = directory.resolve("reads.jfr");
    List<Advice> own = record(file, 12);
    Run run = Run.of("advise", file.toString());
    RunAssert.assertThat(run).succeeded();
    assertThat(own).hasSize(1);
    assertThat(String.join(" ", run.out().split("\\s+")))
        .contains(own.getFirst().found(), own.getFirst().remedy());
  }

  @Test
  void itsTableHasALineForEachAccountAndATotal() throws IOException {
    Path file = directory.resolve("reads.jfr");
    record(file, 3);
    List<String> lines = Run.of("advise", file.toString()).outLines();
    assertThat(lines.getFirst()).matches("From .* to .*, \\d+s");
    assertThat(lines.get(2).split(" {2,}"))
        .containsExactly(
            "CALLER", "KIND", "LEVEL", "ROUTE", "READS", "REQUESTS", "BYTES", "WAITED");
    assertThat(lines.get(3)).matches("quota +pods +strong +direct +3 +3 +\\d+ B +[\\d.]+ s");
    assertThat(lines.get(4)).matches("total +3 +3 +\\d+ B +[\\d.]+ s");
    assertThat(lines.getLast()).startsWith("No advice");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void jsonHasTheSame() throws IOException {
    Path file = directory.resolve("reads.jfr");
    List<Advice> own = record(file, 12);
    JsonNode tree =
        new JsonMapper().readTree(Run.of("advise", file.toString(), "-o", "json").out());
    assertThat(tree.get("reads").asInt()).isEqualTo(12);
    assertThat(tree.get("accounts").get(0).get("route").asString()).isEqualTo("direct");
    assertThat(tree.get("accounts").get(0).get("instead").isNull()).isTrue();
    assertThat(tree.get("advice").get(0).get("found").asString()).isEqualTo(own.getFirst().found());
  }

  @Test
  void aRecordingWithoutReadsIsAnsweredWithHowToMakeOne() throws IOException {
    Path file = directory.resolve("none.jfr");
    record(file, 0);
    RunAssert.assertThat(Run.of("advise", file.toString()))
        .failedWith(
            ExitCode.FAILED,
            "holds no reads",
            "jcmd PID JFR.start settings=none +dev.freshet.Read#enabled=true");
  }

  @Test
  void aFileThatIsNoRecordingIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.txt"), "reads: many\n".repeat(100));
    RunAssert.assertThat(Run.of("advise", file.toString()))
        .failedWith(ExitCode.FAILED, file + " is no flight recording", "JFR.dump");
  }

  @Test
  void aRecordingThatIsCutShortIsNotHalfRead() throws IOException {
    Path file = directory.resolve("reads.jfr");
    record(file, 12);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    RunAssert.assertThat(Run.of("advise", file.toString()))
        .failedWith(ExitCode.FAILED, "a damaged one", "JFR.dump");
  }

  @Test
  void whatIsNeitherAFileNorAProcessIsSaidToBeNone() {
    RunAssert.assertThat(Run.of("advise", "reads.jfx"))
        .failedWith(ExitCode.FAILED, "there is no file reads.jfx", "jcmd");
  }

  @Test
  void aRunningProgramIsListenedTo() throws Exception {
    try (var child = Child.reading(server.kubeconfig(directory).toString())) {
      Run run = Run.of("advise", child.pid(), "--for", "3s");
      RunAssert.assertThat(run).succeeded();
      assertThat(run.out()).containsPattern("quota +pods +strong +direct +\\d+");
      assertThat(run.out()).contains("quota made", "no cache is declared");
      assertThat(run.err()).contains("listening to process " + child.pid());
      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void anInterruptEndsItWithWhatItHas() throws Exception {
    try (var child = Child.reading(server.kubeconfig(directory).toString());
        var running = new Running("advise", child.pid(), "--for", "10m")) {
      running.awaitNote("listening");
      assertThat(running.end()).isZero();
      assertThat(running.lines()).isNotEmpty();
    }
  }

  @Test
  void aProgramThatEndsMeanwhileIsShownAsFarAsItCame() throws Exception {
    try (var child = Child.reading(server.kubeconfig(directory).toString());
        var running = new Running("advise", child.pid(), "--for", "10m")) {
      running.awaitNote("listening");
      child.end();
      running.awaitNote("can be heard no more");
      assertThat(running.end()).isZero();
    }
  }

  @Test
  void aJvmWithoutFreshetIsSaidToHaveNone() throws Exception {
    try (var child = Child.reading()) {
      RunAssert.assertThat(Run.of("advise", child.pid()))
          .failedWith(ExitCode.FAILED, "process " + child.pid() + " uses no Freshet", "jcmd");
    }
  }

  @Test
  void aProcessThatIsNoJvmIsLeftAlone() throws Exception {
    try (var child = Child.sleeping()) {
      RunAssert.assertThat(Run.of("advise", child.pid()))
          .failedWith(ExitCode.FAILED, "process " + child.pid() + " is no JVM", "jcmd");
      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void aProcessThatIsNotThereIsSaidNotToBe() throws Exception {
    try (var child = Child.sleeping()) {
      child.end();
      RunAssert.assertThat(Run.of("advise", child.pid()))
          .failedWith(ExitCode.FAILED, "no process " + child.pid(), "jcmd");
    }
  }
}
