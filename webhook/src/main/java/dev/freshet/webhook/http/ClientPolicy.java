package dev.freshet.webhook.http;

import java.util.Set;

/** Who may call, apart from probes, which everybody may send. */
public sealed interface ClientPolicy {

  /**
   * Clients with a certificate of the client authority for one of these names. None at all is
   * answered 401, another name 403, and a certificate of an unknown authority ends the handshake.
   *
   * @param commonNames the CN of the subject, which is what the API server takes for a user's name
   */
  record Subjects(Set<String> commonNames) implements ClientPolicy {
    public Subjects {
      commonNames = Set.copyOf(commonNames);
    }
  }

  /**
   * Anybody who reaches the port; no certificate is asked for. Only where the network itself lets
   * nobody else through: a review holds whole objects, and its answer shows what a cluster holds.
   */
  record Unverified() implements ClientPolicy {}
}
