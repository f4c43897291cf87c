package dev.freshet.transport;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Credentials that a test sets. */
final class FixedCredentials implements Credentials {

  private final AtomicInteger renewals = new AtomicInteger();
  private volatile Identity identity;
  private volatile Identity next;

  FixedCredentials(Identity identity) {
    this.identity = identity;
    this.next = identity;
  }

  static FixedCredentials none() {
    return new FixedCredentials(new Identity(Map.of(), defaultTls()));
  }

  static Identity bearer(String token) {
    return new Identity(Map.of("Authorization", List.of("Bearer " + token)), defaultTls());
  }

  static SSLContext defaultTls() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  void set(Identity now) {
    identity = now;
  }

  /** What {@link #renew} will bring. */
  FixedCredentials renewingTo(Identity later) {
    next = later;
    return this;
  }

  int renewals() {
    return renewals.get();
  }

  @Override
  public Identity current() {
    return identity;
  }

  @Override
  public boolean renew(Identity refused) {
    renewals.incrementAndGet();
    identity = next;
    return !identity.equals(refused);
  }
}
