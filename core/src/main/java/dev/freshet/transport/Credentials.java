package dev.freshet.transport;

/** Who we are to the API server, now. Implementations follow rotation. Thread-safe. */
public interface Credentials {

  /**
   * The identity to use for a request that is about to be sent. Asked before every request, so it
   * is cheap when nothing has changed; it notices files that were swapped.
   *
   * @throws dev.freshet.error.ConfigurationException if the credentials cannot be read
   */
  Identity current();

  /**
   * The server answered 401 to {@code refused}: obtain a newer identity if there is one. Concurrent
   * calls share one attempt, and attempts are rate-limited.
   *
   * @return true if {@link #current()} is now different, so that trying once more makes sense
   */
  boolean renew(Identity refused);
}
