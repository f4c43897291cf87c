package dev.freshet.webhook.keys;

import dev.freshet.error.ConfigurationException;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.webhook.http.TlsContent;
import dev.freshet.webhook.http.TlsFiles;
import dev.freshet.webhook.http.TlsKeys;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that a webhook makes for itself and replaces in time: an authority of its own, which it
 * writes into its webhook configurations, and a serving certificate. Replicas share them through a
 * Secret; one of them makes what is due, whichever is first. Thread-safe.
 *
 * <pre>{@code
 * var keys = SelfMadeKeys.start(
 *     freshet, SelfMadeOptions.ofService("quota", "ray-worker-quota", "ray-worker-quota")
 *         .clientAuthority(Path.of("client-ca.crt")));
 * AdmissionServer.start(freshet, ServerOptions.defaults(keys, callers), webhooks);
 * }</pre>
 *
 * <p>It needs to get, create and update that Secret, and to get and update those configurations.
 * Each look costs a request for the Secret and two for each configuration.
 */
public final class SelfMadeKeys implements TlsKeys, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SelfMadeKeys.class);

  /** So many replicas may be first before this gives up for now. */
  private static final int MAX_ATTEMPTS = 10;

  private final SelfMadeOptions options;
  private final Rotation rotation;
  private final SharedRing shared;
  private final Injection injection;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile KeyRing current;

  private SelfMadeKeys(KubernetesClient client, SelfMadeOptions options) {
    this.options = options;
    this.rotation = new Rotation(options.lifetimes(), options.names());
    this.shared = new SharedRing(client, options.namespace(), options.secret());
    this.injection = new Injection(client, options.configurations());
    this.current = refreshed();
  }

  /**
   * Makes them or takes what is there, tells the API servers, and looks after both until closed.
   *
   * @throws ConfigurationException if the Secret or a configuration cannot be read or written
   */
  public static SelfMadeKeys start(Freshet freshet, SelfMadeOptions options) {
    var keys = new SelfMadeKeys(freshet.client(), options);
    Thread.ofVirtual().name("freshet-webhook-keys").start(keys::follow);
    return keys;
  }

  private void follow() {
    try {
      while (!closed.await(options.refreshEvery().toNanos(), TimeUnit.NANOSECONDS)) {
        try {
          refresh();
        } catch (FreshetException e) {
          LOG.warn("The keys could not be looked after, they go on: {}", e.problem());
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Looks now whether anything is due, as it does by itself every {@link
   * SelfMadeOptions#refreshEvery}.
   *
   * @throws ConfigurationException if that could not be known or done; what was served goes on
   */
  public void refresh() {
    refreshing.lock();
    try {
      current = refreshed();
    } finally {
      refreshing.unlock();
    }
  }

  private KeyRing refreshed() {
    try {
      for (int i = 0; i < MAX_ATTEMPTS; i++) {
        Optional<KeyRing> agreed = attempt();
        if (agreed.isPresent()) {
          return agreed.get();
        }
      }
    } catch (KubernetesClientException e) {
      throw new ConfigurationException(
          "the webhook's own keys cannot be looked after: HTTP " + e.getCode(),
          "Let it get, create and update the Secret "
              + options.namespace()
              + "/"
              + options.secret()
              + ", and get and update its webhook configurations.",
          e);
    }
    throw new ConfigurationException(
        "others wrote the Secret of the webhook's keys each time this did",
        "Give each webhook a Secret of its own.");
  }

  /** Keys that all have; empty if others wrote meanwhile. */
  private Optional<KeyRing> attempt() {
    Optional<SharedRing.Held> held = shared.read();
    Instant now = options.clock().instant();
    if (held.isEmpty()) {
      return agreed(rotation.first(now), Optional.empty());
    }
    KeyRing ring = held.get().ring();
    boolean trusted = injection.put(ring.bundle());
    Optional<KeyRing> next = rotation.next(ring, now, trusted);
    return next.isEmpty()
        ? Optional.of(ring)
        : agreed(next.get(), Optional.of(held.get().version()));
  }

  /** Written first, told to API servers next, and served last. */
  private Optional<KeyRing> agreed(KeyRing next, Optional<String> instead) {
    if (!shared.write(next, instead)) {
      return Optional.empty();
    }
    LOG.info("New keys for {}, valid until {}", options.names(), next.serving().until());
    boolean unused = injection.put(next.bundle());
    return Optional.of(next);
  }

  @Override
  public TlsContent content() {
    KeyRing ring = current;
    return new TlsContent(
        ring.serving().certificate(),
        ring.serving().key(),
        options.clientAuthority().map(TlsFiles::read).orElse(""));
  }

  @Override
  public boolean hasClientAuthority() {
    return options.clientAuthority().isPresent();
  }

  /** Looks after them no more; what is served stays. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
  }
}
