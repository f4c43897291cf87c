package dev.freshet.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordedProcessTest {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private Process process;
  private RecordedProcess recorded;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("cat").start();
    recorded = RecordedProcess.of("cat", process.pid());
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void theRecordedProcessIsEnded() throws Exception {
    recorded.stop(GRACE);

    assertThat(process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aStoppedProcessIsEnded() throws Exception {
    Signal.STOP.sendTo(process.pid());

    recorded.stop(GRACE);

    assertThat(process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anotherProcessWithTheSameIdIsLeftAlone() {
    var reused =
        new RecordedProcess(
            "cat", recorded.pid(), recorded.started().minusSeconds(60), recorded.program());

    reused.stop(Duration.ZERO);

    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void anotherProgramWithTheSameIdIsLeftAlone() {
    var other = new RecordedProcess("etcd", recorded.pid(), recorded.started(), "/bin/etcd");

    other.stop(Duration.ZERO);

    assertThat(process.isAlive()).isTrue();
  }
}
