package dev.freshet.testkit.controlplane;

/**
 * A certificate and its private key, both as PEM.
 *
 * @param certificate one X.509 certificate
 * @param key the key as PKCS #8
 */
public record Credential(String certificate, String key) {
  /** Not the key: a record's own text would put it into logs. */
  @Override
  public String toString() {
    return "Credential[…]";
  }
}
