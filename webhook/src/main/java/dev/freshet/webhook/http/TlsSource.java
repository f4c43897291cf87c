package dev.freshet.webhook.http;

import dev.freshet.error.ConfigurationException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys for the next handshake. Follows them by their content, asked for every few seconds: they
 * are small, and whatever way files are swapped in, a changed link, time or name says less. What
 * does not fit together is never taken. Thread-safe.
 */
final class TlsSource implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TlsSource.class);

  private final TlsKeys keys;
  private final ClientPolicy clients;
  private final ReentrantLock reloading = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile ServedTls current;
  private String lastProblem = "";

  /**
   * Takes the keys for the first time, and then again and again until closed.
   *
   * @throws ConfigurationException if they cannot be served
   */
  TlsSource(TlsKeys keys, ClientPolicy clients, Duration every) {
    this.keys = keys;
    this.clients = clients;
    current = ServedTls.of(keys.content(), clients);
    Thread.ofVirtual().name("freshet-webhook-tls").start(() -> follow(every));
  }

  ServedTls current() {
    return current;
  }

  private void follow(Duration every) {
    try {
      while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
        reload();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Looks at them now.
   *
   * @return whether something new was taken; false, too, if what is there cannot be served
   */
  boolean reload() {
    reloading.lock();
    try {
      TlsContent content = keys.content();
      boolean changed = !content.equals(current.content());
      if (changed) {
        current = ServedTls.of(content, clients);
        LOG.info("The TLS keys have changed; certificate valid until {}", current.notAfter());
      }
      lastProblem = "";
      return changed;
    } catch (ConfigurationException e) {
      if (!e.problem().equals(lastProblem)) {
        lastProblem = e.problem();
        LOG.warn("The TLS keys are not taken, the old ones go on: {}", e.problem());
      }
      return false;
    } finally {
      reloading.unlock();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
