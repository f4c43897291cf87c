package dev.freshet.webhook.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.freshet.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the keys are, each a PEM file that may be swapped at any time.
 *
 * @param certificate the server's certificate, then those of intermediate authorities if any
 * @param key its private key, RSA or EC, as PKCS#8, PKCS#1 or SEC1, not encrypted
 * @param clientAuthority certificates of the authorities that sign clients; needed for {@link
 *     ClientPolicy.Subjects}
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthority)
    implements TlsKeys {

  /** Largest file that is taken for a certificate or key: 1 MiB. */
  static final int FILE_MAX_BYTES = 1 << 20;

  /** For a server that asks for no client certificate. */
  public static TlsFiles of(Path certificate, Path key) {
    return new TlsFiles(certificate, key, Optional.empty());
  }

  public static TlsFiles of(Path certificate, Path key, Path clientAuthority) {
    return new TlsFiles(certificate, key, Optional.of(clientAuthority));
  }

  @Override
  public boolean hasClientAuthority() {
    return clientAuthority.isPresent();
  }

  /** Reads one file after another, so that a swap in between can leave a mixture. */
  @Override
  public TlsContent content() {
    return new TlsContent(
        read(certificate), read(key), clientAuthority.map(TlsFiles::read).orElse(""));
  }

  /**
   * The text of one PEM file.
   *
   * @throws ConfigurationException if it cannot be read
   */
  public static String read(Path file) {
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
}
