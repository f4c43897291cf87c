package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A certificate or key: given inline, or in a file that may be swapped. Never shows its content.
 */
sealed interface Pem {

  /** Largest file that is taken for a certificate, key or token. */
  int FILE_MAX_BYTES = 1 << 20;

  /** What is there now, as PEM text. */
  byte[] read();

  /** The file to watch, if any. */
  Optional<Path> file();

  /** Inline content wins over a file, as for kubectl. */
  static Optional<Pem> of(@Nullable String data, @Nullable String file) {
    if (data != null && !data.isEmpty()) {
      return Optional.of(new Inline(decoded(data)));
    }
    return file == null || file.isEmpty()
        ? Optional.empty()
        : Optional.of(new InFile(Path.of(file)));
  }

  private static String decoded(String data) {
    if (data.contains("-----BEGIN")) {
      return data;
    }
    try {
      return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "certificate or key data of the kubeconfig is not base64",
          "Write the data again, for instance by kubectl config set-credentials --embed-certs.");
    }
  }

  /** Content that came with the configuration. */
  record Inline(String content) implements Pem {
    @Override
    public byte[] read() {
      return content.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Optional<Path> file() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return "inline";
    }
  }

  /** Content of a file, read again whenever it has changed. */
  record InFile(Path path) implements Pem {
    @Override
    public byte[] read() {
      return readFile(path);
    }

    @Override
    public Optional<Path> file() {
      return Optional.of(path);
    }
  }

  /**
   * The bytes of a small file.
   *
   * @throws ConfigurationException if it cannot be read or is larger than {@link #FILE_MAX_BYTES}
   */
  static byte[] readFile(Path path) {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(FILE_MAX_BYTES + 1);
      if (bytes.length > FILE_MAX_BYTES) {
        throw new ConfigurationException(
            path + " is larger than " + FILE_MAX_BYTES + " bytes",
            "Name a certificate, key or token file.");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          path + " does not exist",
          "Create it, or correct the path: --kubeconfig, KUBECONFIG or inside the kubeconfig.",
          e);
    } catch (IOException e) {
      throw new ConfigurationException(
          path + " cannot be read", "Check that it is a file and that you may read it", e);
    }
  }
}
