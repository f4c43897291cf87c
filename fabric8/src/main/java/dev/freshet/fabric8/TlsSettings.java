package dev.freshet.fabric8;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What TLS is made of.
 *
 * @param certificate our certificate, if any; then there is a key too
 * @param authority who may sign the server's certificate; empty means the JVM's list
 * @param trustAll take any certificate (insecure-skip-tls-verify)
 * @param anyHostName take a trusted certificate for any host name
 */
record TlsSettings(
    Optional<Pem> certificate,
    Optional<Pem> key,
    Optional<Pem> authority,
    boolean trustAll,
    boolean anyHostName) {

  /** The files to watch. */
  List<Path> files() {
    return Stream.of(certificate, key, authority)
        .flatMap(p -> p.flatMap(Pem::file).stream())
        .toList();
  }

  TlsSettings with(Optional<Pem> newCertificate, Optional<Pem> newKey) {
    return new TlsSettings(newCertificate, newKey, authority, trustAll, anyHostName);
  }
}
