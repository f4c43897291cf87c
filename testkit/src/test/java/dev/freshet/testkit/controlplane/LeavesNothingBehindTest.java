package dev.freshet.testkit.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.process.Poll;
import dev.freshet.testkit.process.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts a control plane in another JVM and lets that JVM end in different ways. */
class LeavesNothingBehindTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private Process jvm;
  private List<ProcessHandle> children;

  LeavesNothingBehindTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void startInAnotherJvm() throws IOException {
    jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = jvm.inputReader();
    assertThat(output.readLine()).isEqualTo(Holder.READY);
    children = jvm.descendants().toList();
  }

  @AfterEach
  void endTheOtherJvm() {
    jvm.destroyForcibly();
  }

  @Test
  void aKilledJvmEvenWhenAServerIsStopped() {
    assertThat(children).hasSizeGreaterThanOrEqualTo(3);
    children.forEach(
        child -> {
          if (child.info().command().orElse("").endsWith("kube-apiserver")) {
            Signal.STOP.sendTo(child.pid());
          }
        });
    jvm.destroyForcibly();

    assertNothingIsLeft();
  }

  @Test
  void aJvmThatEndsWithoutClosing() throws IOException {
    jvm.outputWriter().close();

    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() {
    Poll.until(
        "the end of all processes and files",
        PATIENCE,
        () -> children.stream().noneMatch(ProcessHandle::isAlive) && files().isEmpty());

    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(files()).isEmpty();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("freshet")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The other JVM: starts a control plane, says so, and never closes it. */
  static final class Holder {
    static final String READY = "ready";

    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      ControlPlane plane = ControlPlane.start();
      System.out.println(plane.server(0).alive() ? READY : "not alive");
      System.out.flush();
      // Until the pipe from the test ends.
      int end = System.in.read();
      System.exit(end);
    }
  }
}
