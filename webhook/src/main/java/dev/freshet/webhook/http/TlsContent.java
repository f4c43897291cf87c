package dev.freshet.webhook.http;

/**
 * The keys of a server as PEM. They may not fit together, as in the middle of a swap; whoever
 * serves them checks.
 *
 * @param certificate the server's, then those of intermediate authorities if any
 * @param key its private key
 * @param clientAuthority certificates of the authorities that sign clients; empty if none is named
 */
public record TlsContent(String certificate, String key, String clientAuthority) {

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "TlsContent";
  }
}
