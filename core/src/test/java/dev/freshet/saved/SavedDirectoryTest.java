package dev.freshet.saved;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.freshet.compact.Alike;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.time.TimeSource;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may write into a directory, and what else can go wrong with it. */
class SavedDirectoryTest {

  private final VirtualTime time = new VirtualTime();
  @TempDir private Path temporary;

  private static SavedFile.Outcome save(SavedDirectory directory) {
    return Saves.save(directory.file(Saves.SCOPE), Alike.objects(50, 1));
  }

  private static void assertFailed(SavedFile.Outcome outcome, String why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SavedFile.Outcome.Failed.class, failed -> assertThat(failed.why()).contains(why));
  }

  private static void assertSaved(SavedFile.Outcome outcome) {
    assertThat(outcome).isInstanceOf(SavedFile.Outcome.Saved.class);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void nobodyElseCanReadWhatIsSaved() throws IOException {
    Path path = temporary.resolve("a/b");
    try (SavedDirectory directory = new SavedDirectory(path, time)) {
      assertSaved(save(directory));
    }
    assertThat(permissions(path)).isEqualTo("rwx------");
    for (Path file : in(path)) {
      assertThat(permissions(file)).isEqualTo("rw-------");
    }
  }

  @Test
  void whereOthersMayWriteNothingIsSavedAndTheRemedySaid() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (SavedDirectory directory = new SavedDirectory(temporary, time)) {
      assertFailed(save(directory), "name a directory below it");
    }
    assertThat(in(temporary)).isEmpty();
    try (SavedDirectory below = new SavedDirectory(temporary.resolve("below"), time)) {
      assertSaved(save(below));
    }
  }

  @Test
  void aSecondOneOfTheSameProcessReadsButDoesNotWrite() {
    try (SavedDirectory first = new SavedDirectory(temporary, time)) {
      assertSaved(save(first));
      try (SavedDirectory second = new SavedDirectory(temporary, time)) {
        assertFailed(save(second), "another one saves there");
        assertThat(second.file(Saves.SCOPE).load()).isPresent();
        second.file(Saves.SCOPE).discard();
      }
      assertThat(first.file(Saves.SCOPE).exists()).isTrue();
    }
  }

  @Test
  void aSecondOneSavesOnceTheFirstHasEnded() {
    SavedDirectory first = new SavedDirectory(temporary, time);
    try (SavedDirectory second = new SavedDirectory(temporary, time)) {
      assertSaved(save(first));
      assertFailed(save(second), "another one saves there");
      first.close();
      assertSaved(save(second));
    }
  }

  @Test
  void aSecondProcessDoesNotWriteUntilTheFirstHasEnded() throws Exception {
    Process first =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                temporary.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (SavedDirectory second = new SavedDirectory(temporary, time)) {
      assertThat(first.inputReader().readLine()).isEqualTo("holds it");
      assertFailed(save(second), "another one saves there");
      first.destroyForcibly();
      assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertSaved(save(second));
    } finally {
      first.destroyForcibly();
    }
  }

  /** Has a directory until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      SavedDirectory directory = new SavedDirectory(Path.of(args[0]), TimeSource.system());
      System.out.println(directory.whyNotOurs().orElse("holds it"));
      System.out.flush();
      int unused = System.in.read();
    }
  }

  @Test
  void onAFullDiskNothingIsLeftBehindAndItGoesOnWhenThereIsRoom() throws IOException {
    var small = Configuration.unix().toBuilder().setMaxSize(64 << 10).setBlockSize(1 << 10).build();
    try (FileSystem files = Jimfs.newFileSystem(small);
        SavedDirectory directory = new SavedDirectory(files.getPath("/saved"), time)) {
      assertFailed(save(directory), "out of disk space");
      assertThat(in(files.getPath("/saved"))).hasSize(1);
      assertSaved(Saves.save(directory.file(Saves.SCOPE), Alike.objects(5, 1)));
    }
  }

  @Test
  void onAFullDiskWhatWasSavedBeforeStays() throws IOException {
    var small = Configuration.unix().toBuilder().setMaxSize(64 << 10).setBlockSize(1 << 10).build();
    try (FileSystem files = Jimfs.newFileSystem(small);
        SavedDirectory directory = new SavedDirectory(files.getPath("/saved"), time)) {
      assertSaved(Saves.save(directory.file(Saves.SCOPE), Alike.objects(5, 1)));
      assertFailed(save(directory), "out of disk space");
      assertThat(directory.file(Saves.SCOPE).load().orElseThrow().objects()).hasSize(5);
    }
  }

  @Test
  void whereADirectoryCannotBeMadeNothingIsSaved() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    try (SavedDirectory directory = new SavedDirectory(file.resolve("below"), time)) {
      assertFailed(save(directory), "file");
    }
  }

  @Test
  void whatNobodyWillUseIsDeletedAndNothingElse() throws IOException {
    Path unfinished = touched("x" + SavedDirectory.UNFINISHED, 0);
    Path old = touched("old" + SavedDirectory.STATE, SavedDirectory.OLDEST.toMillis() + 1);
    Path young = touched("young" + SavedDirectory.STATE, SavedDirectory.OLDEST.toMillis() - 1);
    Path others = touched("others.txt", SavedDirectory.OLDEST.toMillis() + 1);
    try (SavedDirectory directory = new SavedDirectory(temporary, time)) {
      assertSaved(save(directory));
    }
    assertThat(unfinished).doesNotExist();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(others).exists();
  }

  private Path touched(String name, long millisAgo) throws IOException {
    Path file = Files.createFile(temporary.resolve(name));
    return Files.setLastModifiedTime(file, FileTime.fromMillis(time.wallMillis() - millisAgo));
  }

  @Test
  void afterItIsClosedNothingIsSaved() {
    SavedDirectory directory = new SavedDirectory(temporary, time);
    directory.close();
    assertFailed(save(directory), "closed");
  }
}
