package dev.freshet.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * One connection through a {@link FaultProxy}: the client's socket, the server's, and a pump for
 * each direction with one buffer of 16 KiB. A side that does not read makes the other side stop.
 */
final class Link {
  private static final int BUFFER_BYTES = 16 << 10;
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final int RESET_AT_ONCE = 0;

  private final Socket client;
  private final Socket server;
  private final Traffic traffic;
  private final AtomicLong lifeBytes = new AtomicLong(UNLIMITED);
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean held;

  Link(Socket client, Socket server, Traffic traffic) {
    this.client = client;
    this.server = server;
    this.traffic = traffic;
    drawLife();
  }

  void connect(InetSocketAddress target, Duration within) throws IOException {
    // A delay of ours would look like one of the server's.
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    server.connect(target, (int) within.toMillis());
  }

  /** Takes or gives up a number of bytes after which it is cut, as the rules say now. */
  void drawLife() {
    lifeBytes.set(traffic.drawLife().orElse(UNLIMITED));
  }

  /** Forwards nothing until {@link #release}, whatever becomes of other connections. */
  void hold() {
    held = true;
  }

  void release() {
    held = false;
  }

  boolean isHeld() {
    return held;
  }

  boolean isOver() {
    return over.get();
  }

  /**
   * Resets both connections (RST), so that both sides lose what they had not read or sent.
   *
   * @return whether this was what ended it
   */
  boolean reset() {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    reset(client);
    reset(server);
    traffic.wake();
    return true;
  }

  static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, RESET_AT_ONCE);
    } catch (IOException e) {
      // It was closed already, or the other side was quicker.
    }
  }

  /**
   * Forwards one direction until its sender ends it in good order.
   *
   * @return whether the connection may go on; false when its bytes are used up
   * @throws IOException when either side breaks, or the connection was reset
   */
  boolean pump(Direction direction, LongAdder forwarded) throws IOException {
    Socket from = direction == Direction.TO_SERVER ? client : server;
    Socket to = direction == Direction.TO_SERVER ? server : client;
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      for (int done = 0; done < read; ) {
        // Before each write: what arrives after hold() has returned must not pass.
        traffic.awaitFlow(direction, this);
        int wanted = traffic.piece(read - done);
        int allowed = spend(wanted);
        // Counted before they go: the reset that they bring about, on either thread, may be seen
        // before this one goes on.
        forwarded.add(allowed);
        out.write(buffer, done, allowed);
        done += allowed;
        if (allowed < wanted || lifeBytes.get() == 0) {
          return false;
        }
        traffic.awaitPace(allowed, this);
      }
    }
    traffic.awaitFlow(direction, this);
    to.shutdownOutput();
    return true;
  }

  private int spend(int wanted) {
    long before =
        lifeBytes.getAndUpdate(left -> left == UNLIMITED ? left : Math.max(0, left - wanted));
    return (int) Math.min(before, wanted);
  }
}
