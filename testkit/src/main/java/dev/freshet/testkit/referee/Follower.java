package dev.freshet.testkit.referee;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps one ledger equal to etcd: a thread with a watch, which goes on where it was after etcd was
 * stopped or killed. It tries for as long as it is open; who waits for the ledger has the deadline.
 */
final class Follower implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final EtcdGateway etcd;
  private final Ledger ledger;
  private final Thread thread;
  private volatile boolean closed;

  private Follower(EtcdGateway etcd, Ledger ledger) {
    this.etcd = etcd;
    this.ledger = ledger;
    this.thread = Thread.ofVirtual().name("freshet-referee").unstarted(this::follow);
  }

  static Follower start(EtcdGateway etcd, Ledger ledger) {
    var follower = new Follower(etcd, ledger);
    follower.thread.start();
    return follower;
  }

  private void follow() {
    try {
      while (!closed) {
        try (InputStream stream = etcd.watch(WatchedPrefix.ROOT, ledger.resumeAt())) {
          read(stream);
        } catch (IOException | JacksonException brokenOff) {
          // The ledger knows where to go on.
        }
        if (!closed) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    } catch (RefereeException e) {
      ledger.fail(e);
    } catch (RuntimeException e) {
      ledger.fail(new RefereeException("The referee could not read what etcd told it.", e));
    }
  }

  private void read(InputStream stream) throws IOException {
    try (MappingIterator<JsonNode> messages =
        JsonMapper.shared().readerFor(JsonNode.class).readValues(stream)) {
      while (!closed && messages.hasNextValue()) {
        JsonNode message = messages.nextValue();
        if (message.has("error")) {
          throw new IOException("etcd ended the watch: " + message);
        }
        take(message.path("result"));
      }
    }
  }

  private void take(JsonNode result) throws IOException {
    long compacted = EtcdGateway.number(result, "compact_revision");
    if (compacted != 0) {
      throw new RefereeException(
          "etcd compacted its history up to revision %d, but the referee had come to %d only: events are lost. Let etcd keep more, or keep it down for less long."
              .formatted(compacted, ledger.resumeAt()));
    }
    long head = EtcdGateway.number(result.path("header"), "revision");
    if (result.path("created").asBoolean(false) && head + 1 < ledger.resumeAt()) {
      throw new RefereeException(
          "etcd stands at revision %d and stood at %d: it was restored. A test that restores it has to do so within Referee.across."
              .formatted(head, ledger.resumeAt()));
    }
    if (result.path("canceled").asBoolean(false)) {
      throw new IOException("etcd canceled the watch: " + result.path("cancel_reason"));
    }
    for (JsonNode event : result.path("events")) {
      boolean deleted = event.path("type").asString("PUT").equals("DELETE");
      ledger.add(EtcdGateway.entry(event.path("kv")), deleted);
    }
  }

  /** Ends the watch and waits for its thread. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
