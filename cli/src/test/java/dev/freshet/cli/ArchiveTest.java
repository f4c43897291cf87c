package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.freshet.cli.ArchiveScript.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the command starts from an archive, and when it has another one made. */
class ArchiveTest {

  private final ArchiveScript script;

  ArchiveTest(@TempDir Path directory) throws IOException {
    script = new ArchiveScript(directory);
  }

  @Test
  void theFirstStartHasOneMadeAndTheSecondUsesIt() throws Exception {
    assertThat(script.start().usesArchive()).isFalse();
    script.awaitMade();
    assertThat(script.start().usesArchive()).isTrue();
    assertThat(script.rehearsals()).isEqualTo(1);
  }

  @Test
  void nobodyHearsOfIt() throws Exception {
    Start first = script.start();
    script.awaitMade();
    assertThat(first.arguments()).isEmpty();
    assertThat(first.err() + script.start().err()).isEmpty();
  }

  @Test
  void theArchiveIsItsOwnersAlone() throws Exception {
    script.twice();
    assertThat(Files.getPosixFilePermissions(script.archives())).hasSize(3);
  }

  @Test
  void anotherJarHasAnotherOneMade() throws Exception {
    script.twice();
    script.write("lib/a.jar", "three");
    assertThat(script.start().usesArchive()).isFalse();
    script.awaitMade();
    assertThat(script.start().usesArchive()).isTrue();
  }

  @Test
  void anotherJvmHasAnotherOneMade() throws Exception {
    script.twice();
    script.write("jdk/release", "25.0.1");
    assertThat(script.start().usesArchive()).isFalse();
  }

  @Test
  void otherFlagsHaveAnotherOneMade() throws Exception {
    Start one = script.twice("-XX:+UseSerialGC");
    Start other = script.twice("-XX:+UseParallelGC");
    assertThat(one.archive()).isNotEqualTo(other.archive());
  }

  @Test
  void oneThatWasWrittenToIsNotUsedAndMadeAnew() throws Exception {
    Path archive = script.twice().archive();
    Files.writeString(archive, "ARCHIVE\n");
    assertThat(script.start().usesArchive()).isFalse();
    script.awaitMade();
    assertThat(script.start().usesArchive()).isTrue();
    assertThat(archive).hasContent("archive");
  }

  @Test
  void oneThatWasCutShortIsNotUsed() throws Exception {
    Files.writeString(script.twice().archive(), "");
    assertThat(script.start().usesArchive()).isFalse();
  }

  @Test
  void oneOfAnotherUserIsNotUsed() throws Exception {
    Path archive = script.twice().archive();
    giveAway(archive);
    assertThat(script.start().usesArchive()).isFalse();
  }

  @Test
  void nothingIsMadeInAnotherUsersDirectory() throws Exception {
    Files.createDirectories(script.archives());
    giveAway(script.archives());
    assertThat(script.start().usesArchive()).isFalse();
    assertThat(script.entries()).isEmpty();
  }

  /** Only root can make another user's file; elsewhere such a test says nothing. */
  private static void giveAway(Path file) throws IOException {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    Files.setOwner(
        file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
  }

  @Test
  void aDirectoryThatCannotBeWrittenToIsNoFailure() throws Exception {
    Start start = script.startIn(Map.of("XDG_CACHE_HOME", "/proc/freshet"));
    assertThat(start).isEqualTo(new Start(List.of(), ""));
  }

  @Test
  void aHomelessUserIsNoFailure() throws Exception {
    Start start = script.startIn(Map.of("XDG_CACHE_HOME", "", "HOME", ""));
    assertThat(start).isEqualTo(new Start(List.of(), ""));
  }

  @Test
  void firstStartsAtOnceHaveOneMade() throws Exception {
    script.write("state/wait", "");
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(script.begin(Map.of()));
    }
    for (Process start : starts) {
      assertThat(ArchiveScript.ended(start).usesArchive()).isFalse();
    }
    script.remove("state/wait");
    script.awaitMade();
    assertThat(script.rehearsals()).isEqualTo(1);
  }

  @Test
  void aFailureIsNotRepeatedAtOnce() throws Exception {
    script.fail();
    script.start();
    assertThat(script.rehearsals()).isEqualTo(1);
  }

  @Test
  void aFailureIsForgottenInTime() throws Exception {
    script.fail();
    String making = script.entries().findFirst().orElseThrow();
    Files.setLastModifiedTime(
        script.archives().resolve(making), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    assertThat(script.twice().usesArchive()).isTrue();
  }

  @Test
  void oldOnesAreRemoved() throws Exception {
    for (String flag : List.of("-a", "-b", "-c", "-d", "-e", "-f")) {
      script.twice(flag);
    }
    script.await("the oldest to go", () -> script.entries().count() == 4);
    assertThat(script.start("-f").usesArchive()).isTrue();
  }

  @Test
  void noneIsMadeOrUsedWhereItIsNotWanted() throws Exception {
    Map<String, String> without = Map.of("FRESHET_NO_ARCHIVE", "1");
    script.startIn(without);
    assertThat(script.entries()).isEmpty();
    script.twice();
    assertThat(script.startIn(without).usesArchive()).isFalse();
  }
}
