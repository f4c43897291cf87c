package dev.freshet.fabric8;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that says who we are and whom we trust, at one reading of the configuration.
 *
 * @param headers sent with every request besides the proof: impersonation, the user's own
 * @param kubeconfigs files whose rewriting means reading the configuration again
 */
record AccessSettings(
    Authentication authentication,
    Map<String, List<String>> headers,
    TlsSettings tls,
    List<Path> kubeconfigs) {

  /** The files to watch. */
  List<Path> files() {
    return Stream.of(authentication.files(), tls.files(), kubeconfigs)
        .flatMap(List::stream)
        .toList();
  }

  AccessSettings with(Authentication other) {
    return new AccessSettings(other, headers, tls, kubeconfigs);
  }

  /** The TLS settings, with the proof's own certificate if it brings one. */
  TlsSettings tlsWith(Authentication.Proof proof) {
    return proof.certificate().isPresent() ? tls.with(proof.certificate(), proof.key()) : tls;
  }

  @Override
  public String toString() {
    return "AccessSettings[authentication="
        + authentication
        + ", headers="
        + headers.keySet()
        + "]";
  }
}
