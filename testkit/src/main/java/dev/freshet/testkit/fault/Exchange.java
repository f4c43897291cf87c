package dev.freshet.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.testkit.TestkitException;
import io.fabric8.kubernetes.api.model.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One request to the fault server, and its answer piece by piece.
 *
 * <p>Every piece leaves at once. What is sent after the client has gone, or after the end, is
 * dropped without a word, as a network does. At most {@value #AHEAD_BYTES} bytes may wait for a
 * client that does not read; then a push waits, and fails after the server's patience. For one
 * thread at a time.
 */
public final class Exchange {
  /** How many pushed bytes may wait for the client to read. */
  public static final int AHEAD_BYTES = 4 << 20;

  private static final int PIECE_BYTES = 16 << 10;

  /** The headers of an answer of JSON. */
  static final Map<String, String> JSON = Map.of("content-type", "application/json");

  private final Request request;
  private final ClientConnection connection;
  private final AnswerStream stream;
  private final Supplier<Duration> patience;
  private final Semaphore room = new Semaphore(AHEAD_BYTES);
  private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
  private volatile boolean ended;
  private boolean started;

  Exchange(
      Request request,
      ClientConnection connection,
      AnswerStream stream,
      Supplier<Duration> patience) {
    this.request = request;
    this.connection = connection;
    this.stream = stream;
    this.patience = patience;
  }

  /** What was asked. */
  public Request request() {
    return request;
  }

  /** The connection that it came on. */
  public ClientConnection connection() {
    return connection;
  }

  /** Sends status and headers. */
  public Exchange answer(int status, Map<String, String> headers) {
    if (started) {
      throw new TestkitException(request + " has been answered already.");
    }
    started = true;
    stream.start(status, headers);
    return this;
  }

  /** Sends a status, and JSON as the content type. */
  public Exchange answer(int status) {
    return answer(status, JSON);
  }

  /** Sends a whole answer of JSON. */
  public Exchange answer(int status, String json) {
    return answer(status).push(json).end();
  }

  /** Sends a failure as the API server does: its code as the status, itself as the body. */
  public Exchange fail(Status failure) {
    return answer(failure.getCode(), Statuses.json(failure));
  }

  /** Sends a piece of the body, of any format, in frames of its own. */
  public Exchange push(byte[] bytes) {
    if (!started) {
      throw new TestkitException("Answer " + request + " with a status before its body.");
    }
    for (int from = 0; from < bytes.length; from += PIECE_BYTES) {
      send(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE_BYTES)));
    }
    return this;
  }

  /** The same, as UTF-8. */
  public Exchange push(String text) {
    return push(text.getBytes(UTF_8));
  }

  /** Sends text as UTF-8 in frames of so many bytes, which split characters too. */
  public Exchange pushSplit(String text, int bytes) {
    byte[] all = text.getBytes(UTF_8);
    for (int from = 0; from < all.length; from += bytes) {
      push(Arrays.copyOfRange(all, from, Math.min(all.length, from + bytes)));
    }
    return this;
  }

  private void send(byte[] piece) {
    try {
      if (!room.tryAcquire(piece.length, patience.get().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TestkitException(
            "The client has left %d bytes of %s unread for %d s."
                .formatted(AHEAD_BYTES, request, patience.get().toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("Interrupted while answering " + request + ".", e);
    }
    stream.send(piece).addListener(sent -> room.release(piece.length));
  }

  /** Ends the body in good order. */
  public Exchange end() {
    ended = true;
    stream.end();
    return this;
  }

  /** Ends the answer by RST_STREAM; on HTTP/1.1 by resetting the connection. */
  public void reset(StreamError error) {
    ended = true;
    stream.reset(error);
  }

  /** Whether the client gave the request up, by cancelling it or by closing the connection. */
  public boolean isGivenUp() {
    return gone.isDone();
  }

  /**
   * Waits until the client has given the request up.
   *
   * @throws TestkitException when it has not within the server's patience
   */
  public void awaitGivenUp() {
    try {
      gone.get(patience.get().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new TestkitException(
          "The client has not given up %s within %d s."
              .formatted(request, patience.get().toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("Interrupted while waiting for the end of " + request + ".", e);
    }
  }

  void goneAway() {
    if (!ended) {
      gone.complete(true);
    }
  }

  @Override
  public String toString() {
    return request.toString();
  }
}
