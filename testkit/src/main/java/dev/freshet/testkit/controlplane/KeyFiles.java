package dev.freshet.testkit.controlplane;

import java.io.IOException;
import java.nio.file.Path;

/** The files of keys and certificates that the API servers read. */
record KeyFiles(
    Path authority,
    Path servingCertificate,
    Path servingKey,
    Path accountPublicKey,
    Path accountPrivateKey) {
  static KeyFiles write(CertificateAuthority authority, Path directory) throws IOException {
    Credential serving = authority.serving();
    Credential account = CertificateAuthority.signingKeys();
    return new KeyFiles(
        PrivateFile.write(directory.resolve("ca.crt"), authority.certificate()),
        PrivateFile.write(directory.resolve("serving.crt"), serving.certificate()),
        PrivateFile.write(directory.resolve("serving.key"), serving.key()),
        PrivateFile.write(directory.resolve("service-account.pub"), account.certificate()),
        PrivateFile.write(directory.resolve("service-account.key"), account.key()));
  }
}
