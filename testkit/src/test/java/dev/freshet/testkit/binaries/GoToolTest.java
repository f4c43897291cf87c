package dev.freshet.testkit.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoToolTest {
  private static final String FAILING_GO = "#!/bin/sh\necho 'no space left on device'\nexit 1\n";

  private static final String PROGRAM =
      """
      package main

      import (
      	"fmt"
      	"os"
      )

      func main() {
      	fmt.Print("asked ", os.Args[1])
      	os.Exit(3)
      }
      """;

  private final Path directory;

  GoToolTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void withoutGoTheRemedyIsNamed() {
    assertThatThrownBy(() -> GoTool.build(Path.of("tool"), directory, Map.of(), directory))
        .isInstanceOf(MissingBinariesException.class)
        .hasMessageContaining("There is no Go to build tool with. Install Go 1.26 or later");
  }

  @Test
  void whatGoSaidIsInTheFailure() throws IOException {
    Path go = Files.writeString(directory.resolve("go"), FAILING_GO);
    Files.setPosixFilePermissions(go, PosixFilePermissions.fromString("rwx------"));

    assertThatThrownBy(() -> GoTool.build(directory, directory, Map.of(), directory))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("no space left on device");
  }

  @Test
  void aProgramsTextAndCodeAreItsAnswer() throws Exception {
    Path source = Files.createDirectory(directory.resolve("asked"));
    Files.writeString(source.resolve("go.mod"), "module asked\n\ngo 1.26\n");
    Files.writeString(source.resolve("main.go"), PROGRAM);

    GoTool tool = GoTool.build(source, directory.resolve("built"));

    assertThat(tool.run(List.of("this"))).isEqualTo(new GoTool.Answer(3, "asked this"));
  }
}
