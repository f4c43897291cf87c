package dev.freshet.transport;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One HTTP client, which with HTTP/2 means one connection, and when it was last heard.
 *
 * <p>A connection whose other end has vanished without a word looks like one on which nothing
 * happens. Whoever waits on a quiet line asks it; an answer of any kind shows that it works.
 * Nothing else can tell the two apart before the kernel gives up, which takes a quarter of an hour.
 */
final class Line {

  private final HttpClient client;
  private final ReentrantLock asking = new ReentrantLock();
  private final AtomicInteger exchanges = new AtomicInteger();
  private volatile boolean retired;
  private volatile long heardNanos = System.nanoTime();

  Line(HttpClient client) {
    this.client = client;
  }

  HttpClient client() {
    return client;
  }

  /** One more exchange is on it, until {@link #leave}. */
  void enter() {
    exchanges.incrementAndGet();
  }

  void leave() {
    if (exchanges.decrementAndGet() == 0 && retired) {
      client.shutdown();
    }
  }

  /**
   * Takes no new exchange once those on it have ended. Until then it can still be asked whether it
   * works, which a client that is shut down cannot.
   */
  void retire() {
    retired = true;
    if (exchanges.get() == 0) {
      client.shutdown();
    }
  }

  /** Breaks every exchange on it. */
  void cut() {
    client.shutdownNow();
  }

  /** Something has come from the other side. */
  void heard() {
    heardNanos = System.nanoTime();
  }

  boolean isQuiet(Keepalive keepalive) {
    return System.nanoTime() - heardNanos >= keepalive.quiet().toNanos();
  }

  /**
   * Asks a quiet line whether it works; of several callers one asks, and the others learn what it
   * learnt.
   *
   * @param question any small request
   * @return false if it does not, and is to be cut
   */
  boolean works(HttpRequest question, Keepalive keepalive) throws InterruptedException {
    asking.lockInterruptibly();
    try {
      return !isQuiet(keepalive) || isAnswered(question, keepalive.answer());
    } finally {
      asking.unlock();
    }
  }

  private boolean isAnswered(HttpRequest question, Duration within) throws InterruptedException {
    var pending = client.sendAsync(question, BodyHandlers.discarding());
    try {
      pending.get(within.toNanos(), TimeUnit.NANOSECONDS);
      heard();
      return true;
    } catch (TimeoutException | ExecutionException e) {
      pending.cancel(true);
      return false;
    }
  }
}
