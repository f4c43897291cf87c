package dev.freshet.webhook.http;

/** Where the keys of a server come from. It is asked again every few seconds. Thread-safe. */
public interface TlsKeys {

  /**
   * What there is now.
   *
   * @throws dev.freshet.error.ConfigurationException if it cannot be had; a server that runs goes
   *     on with what it had before
   */
  TlsContent content();

  /** Whether an authority is named by which clients are known. */
  boolean hasClientAuthority();
}
