package dev.freshet.webhook.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.freshet.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of the TLS files, read one after another, so that a swap in between can leave a mixture.
 *
 * @param clientAuthority empty if no file is named
 */
record TlsContent(String certificate, String key, String clientAuthority) {

  /** Largest file that is taken for a certificate or key: 1 MiB. */
  static final int FILE_MAX_BYTES = 1 << 20;

  /**
   * Reads them.
   *
   * @throws ConfigurationException if one cannot be read
   */
  static TlsContent of(TlsFiles files) {
    return new TlsContent(
        read(files.certificate()),
        read(files.key()),
        files.clientAuthority().map(TlsContent::read).orElse(""));
  }

  private static String read(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_MAX_BYTES + 1);
      if (bytes.length > FILE_MAX_BYTES) {
        throw new ConfigurationException(
            file + " is larger than " + FILE_MAX_BYTES + " bytes", "Name a PEM file.");
      }
      return new String(bytes, ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          file + " does not exist", "Create it, or correct the path.", e);
    } catch (IOException e) {
      throw new ConfigurationException(
          file + " cannot be read", "Check that it is a file and that you may read it.", e);
    }
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "TlsContent";
  }
}
