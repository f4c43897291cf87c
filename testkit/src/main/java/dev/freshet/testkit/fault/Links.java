package dev.freshet.testkit.fault;

import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one {@link FaultProxy}: accepts them, connects each to the API server, and
 * counts. Two virtual threads a connection. Thread-safe.
 */
final class Links implements AutoCloseable {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);
  private static final Duration AFTER_FAILED_ACCEPT = Duration.ofMillis(100);
  private static final Logger LOG = LoggerFactory.getLogger(Links.class);

  private final ServerSocket listener;
  private final Traffic traffic;
  private final int atMost;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Link> open = ConcurrentHashMap.newKeySet();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unreachable = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final LongAdder bytesToServer = new LongAdder();
  private final LongAdder bytesToClient = new LongAdder();
  private volatile InetSocketAddress target;
  private volatile boolean refusing;
  private volatile boolean closed;

  Links(ServerSocket listener, InetSocketAddress target, Traffic traffic, int atMost) {
    this.listener = listener;
    this.target = target;
    this.traffic = traffic;
    this.atMost = atMost;
    threads.execute(this::listen);
  }

  void refuse(boolean refuse) {
    refusing = refuse;
  }

  void forEach(Consumer<Link> what) {
    open.forEach(what);
  }

  void forwardTo(InetSocketAddress other) {
    target = other;
  }

  int cutAll() {
    return (int) open.stream().filter(this::cut).count();
  }

  ProxyCounters counters() {
    return new ProxyCounters(
        open.size(),
        accepted.sum(),
        refused.sum(),
        unreachable.sum(),
        cut.sum(),
        bytesToServer.sum(),
        bytesToClient.sum());
  }

  private void listen() {
    while (!closed) {
      try {
        start(listener.accept());
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("A connection could not be accepted: {}", e.getMessage());
          LockSupport.parkNanos(AFTER_FAILED_ACCEPT.toNanos());
        }
      }
    }
  }

  private void start(Socket client) {
    try {
      threads.execute(() -> serve(client));
    } catch (RejectedExecutionException e) {
      Link.reset(client);
    }
  }

  private void serve(Socket client) {
    if (refusing || open.size() >= atMost) {
      refused.increment();
      Link.reset(client);
      return;
    }
    accepted.increment();
    var link = new Link(client, new Socket(), traffic);
    open.add(link);
    try {
      // After it was added: close() resets those it finds.
      if (!closed && connect(link)) {
        forward(link);
      }
    } finally {
      link.reset();
      open.remove(link);
    }
  }

  private boolean connect(Link link) {
    try {
      link.connect(target, CONNECTS_WITHIN);
      return true;
    } catch (IOException e) {
      if (!link.isOver()) {
        unreachable.increment();
      }
      return false;
    }
  }

  private void forward(Link link) {
    Thread requests =
        Thread.ofVirtual().start(() -> forward(link, Direction.TO_SERVER, bytesToServer));
    forward(link, Direction.TO_CLIENT, bytesToClient);
    try {
      requests.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forward(Link link, Direction direction, LongAdder counter) {
    try {
      if (!link.pump(direction, counter)) {
        cut(link);
      }
    } catch (IOException broken) {
      // What one side broke, the other is to see broken.
      link.reset();
    }
  }

  private boolean cut(Link link) {
    boolean ended = link.reset();
    if (ended) {
      cut.increment();
    }
    return ended;
  }

  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      throw new TestkitException("The proxy's port could not be closed: " + e.getMessage(), e);
    }
    open.forEach(Link::reset);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSES_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TestkitException(
            "Connections of the proxy are still open %d s after it was closed, a defect of it."
                .formatted(CLOSES_WITHIN.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
