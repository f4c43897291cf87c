package dev.freshet.trials.admission;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.CertificateAuthority;
import dev.freshet.testkit.controlplane.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What a Service is to API servers: one address for the replicas that are ready, each connection to
 * the next of them. Thread-safe.
 */
final class Balancer implements AutoCloseable {
  private static final int CHUNK = 16 << 10;
  private static final int BACKLOG = 200;
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);

  private final ServerSocket port;
  private final List<Integer> ready = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  private Balancer(ServerSocket port) {
    this.port = port;
    Thread.ofVirtual().name("balancer").start(this::accept);
  }

  static Balancer open() {
    try {
      return new Balancer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new TestkitException("Cannot listen: " + e.getMessage(), e);
    }
  }

  int port() {
    return port.getLocalPort();
  }

  /** New connections may go to this port from now on. */
  void add(int replica) {
    ready.add(replica);
  }

  /** New connections go there no more; those that are open stay. */
  void remove(int replica) {
    ready.remove(Integer.valueOf(replica));
  }

  /**
   * The same for as long as {@code /readyz} there says so, as kubelet and the endpoints of a
   * Service see to it.
   *
   * @param authority that issued the replica's certificate
   */
  void addWhileReady(int replica, CertificateAuthority authority) {
    var readiness = new Readiness(authority);
    var server = URI.create("https://127.0.0.1:" + replica);
    Thread.ofVirtual()
        .name("readiness")
        .start(
            () -> {
              boolean routed = false;
              while (!port.isClosed()) {
                boolean now = readiness.of(server);
                if (now && !routed) {
                  add(replica);
                } else if (!now && routed) {
                  remove(replica);
                }
                routed = now;
                LockSupport.parkNanos(BETWEEN_PROBES.toNanos());
              }
            });
  }

  private void accept() {
    while (!port.isClosed()) {
      try {
        Socket client = port.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    List<Integer> now = List.copyOf(ready);
    if (now.isEmpty()) {
      close(client);
      return;
    }
    int chosen = now.get(Math.floorMod(next.getAndIncrement(), now.size()));
    try (client;
        Socket replica = new Socket(InetAddress.getLoopbackAddress(), chosen)) {
      Thread back = Thread.ofVirtual().start(() -> copy(replica, client));
      copy(client, replica);
      back.join();
    } catch (IOException gone) {
      // The API server sees its connection end, as with a Pod that has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends both when one side ends: a half of a TLS connection is worth nothing. */
  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        out.write(chunk, 0, read);
      }
    } catch (IOException ended) {
      // As below.
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }

  @Override
  public void close() {
    try {
      port.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }
}
