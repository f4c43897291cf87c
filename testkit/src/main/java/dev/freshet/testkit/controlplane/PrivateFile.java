package dev.freshet.testkit.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner may read, and that appears whole: written aside, then renamed. */
final class PrivateFile {
  private PrivateFile() {}

  static Path write(Path file, String text) throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path aside = Files.createTempFile(file.getParent(), ".writing-", "", mode);
    Files.write(aside, text.getBytes(UTF_8));
    return Files.move(
        aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
