package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CanaryTest {

  @TempDir private Path directory;

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void noMessageOrLogLineAtAnyLevelHoldsASecret() throws Exception {
    Path output = directory.resolve("output");
    Process canary =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                Canary.class.getName(),
                Files.createDirectory(directory.resolve("work")).toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(canary.waitFor(150, TimeUnit.SECONDS)).isTrue();
    } finally {
      canary.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(said).contains(Canary.WIDE_OPEN, Canary.DONE);
    assertThat(said.lines())
        .noneMatch(line -> line.contains(Canary.SECRET))
        .noneMatch(line -> line.contains(base64(Canary.SECRET)))
        .noneMatch(line -> line.contains(base64("me:" + Canary.SECRET)));
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
