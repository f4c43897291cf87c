package dev.freshet.webhook.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Key files as kubelet mounts a Secret: links through {@code ..data}, which is swapped for another
 * directory at once.
 */
final class MountedSecret {

  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";
  private static final String CLIENT_AUTHORITY = "ca.crt";

  private final Path directory;
  private int version;

  MountedSecret(Path directory) throws IOException {
    this.directory = directory;
    for (String name : new String[] {CERTIFICATE, KEY, CLIENT_AUTHORITY}) {
      Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
    }
  }

  TlsFiles files() {
    return TlsFiles.of(
        directory.resolve(CERTIFICATE),
        directory.resolve(KEY),
        directory.resolve(CLIENT_AUTHORITY));
  }

  /** The next content of all three. */
  void publish(String certificate, String key, String clientAuthority) throws IOException {
    Path next = Files.createDirectory(directory.resolve("..version-" + version++));
    Files.writeString(next.resolve(CERTIFICATE), certificate);
    Files.writeString(next.resolve(KEY), key);
    Files.writeString(next.resolve(CLIENT_AUTHORITY), clientAuthority);
    Path link = directory.resolve("..data_tmp");
    Files.createSymbolicLink(link, next.getFileName());
    Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }
}
