package dev.freshet.webhook.http;

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
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthority) {

  /** For a server that asks for no client certificate. */
  public static TlsFiles of(Path certificate, Path key) {
    return new TlsFiles(certificate, key, Optional.empty());
  }

  public static TlsFiles of(Path certificate, Path key, Path clientAuthority) {
    return new TlsFiles(certificate, key, Optional.of(clientAuthority));
  }
}
