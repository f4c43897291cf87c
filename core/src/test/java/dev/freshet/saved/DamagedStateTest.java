package dev.freshet.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.scripted.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file that is not exactly what was written is never used. */
class DamagedStateTest {

  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
  private final SavedDirectory directory =
      new SavedDirectory(files.getPath("/saved"), new VirtualTime());
  private final SavedFile file = directory.file(Saves.SCOPE);
  private Path path;
  private byte[] whole;

  @BeforeEach
  void save() throws IOException {
    Saves.save(file, List.of(object("a"), object("b")));
    try (var found =
        Files.newDirectoryStream(files.getPath("/saved"), "*" + SavedDirectory.STATE)) {
      path = found.iterator().next();
    }
    whole = Files.readAllBytes(path);
  }

  @AfterEach
  void close() throws IOException {
    directory.close();
    files.close();
  }

  private static StoredObject object(String name) {
    return new StoredObject(
        new ObjectKey("ns", name),
        "uid-" + name,
        new ResourceVersion("7"),
        Labels.of(Map.of("app", name)),
        new Owner("ReplicaSet", "web", "uid-7"),
        Body.of("{\"kind\":\"Pod\"}".getBytes(StandardCharsets.UTF_8), Body.Encoding.JSON));
  }

  private boolean isUsed(byte[] content) throws IOException {
    Files.write(path, content);
    return file.load().isPresent();
  }

  @Test
  void theWholeFileIsUsed() throws IOException {
    assertThat(isUsed(whole)).isTrue();
  }

  @Test
  void noTruncatedFileIsUsed() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      assertThat(isUsed(Arrays.copyOf(whole, length))).as("%s bytes", length).isFalse();
    }
  }

  @Test
  void noFileWithAFlippedBitIsUsed() throws IOException {
    for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(isUsed(flipped)).as("bit %s", bit).isFalse();
    }
  }

  @Test
  void aFileThatIsTooLongIsNotUsed() throws IOException {
    assertThat(isUsed(Arrays.copyOf(whole, whole.length + 1))).isFalse();
  }

  @Test
  void aFileThatIsNotUsedIsDeleted() throws IOException {
    isUsed(new byte[3]);
    assertThat(path).doesNotExist();
  }

  @Test
  void aFileOfAnotherScopeIsNotUsed() throws IOException {
    SavedFile other = directory.file("v1\nnodes");
    Saves.save(other, List.of());
    byte[] foreign = whole;
    try (var found =
        Files.newDirectoryStream(files.getPath("/saved"), "*" + SavedDirectory.STATE)) {
      for (Path each : found) {
        if (!each.equals(path)) {
          foreign = Files.readAllBytes(each);
        }
      }
    }
    assertThat(isUsed(foreign)).isFalse();
  }

  /** What the checksum cannot see: bytes that somebody wrote on purpose. */
  @Test
  void anyBytesUnderARightChecksumAreReadOrRefusedAndNothingElse() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = whole.clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        changed[random.nextInt(FileHead.BYTES, changed.length)] = (byte) random.nextInt(256);
      }
      byte[] sealed = sealed(changed);
      assertThatCode(() -> isUsed(sealed)).as("round %s", round).doesNotThrowAnyException();
    }
  }

  private static byte[] sealed(byte[] content) {
    CRC32C sum = new CRC32C();
    sum.update(content, FileHead.BYTES, content.length - FileHead.BYTES);
    ByteBuffer.wrap(content).putInt(FileHead.BYTES - Integer.BYTES, (int) sum.getValue());
    return content;
  }

  @Test
  void anotherFormatIsRefusedByItsNumber() throws IOException {
    byte[] newer = whole.clone();
    ByteBuffer.wrap(newer).putInt(8, FileHead.VERSION + 1);
    Files.write(path, newer);
    try (var channel = Files.newByteChannel(path)) {
      assertThatThrownBy(() -> FileHead.verify(channel))
          .isInstanceOf(UnusableStateException.class)
          .hasMessageContaining("format is " + (FileHead.VERSION + 1));
    }
  }
}
