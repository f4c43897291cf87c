package dev.freshet.transport;

import dev.freshet.error.DeadlineException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One answer of {@link HttpTransport}, its body pulled from a {@link BodyQueue}. */
final class HttpApiResponse implements ApiResponse {

  private final HttpResponse<BodyQueue> head;
  private final ConnectionFailures failures;
  private final Consumer<HttpApiResponse> ended;
  private final Watchdog watchdog;

  /** Looks after the connection while somebody waits for it. */
  interface Watchdog {
    /** How long to wait before the next look. */
    Duration pace();

    /** Makes sure that the connection works; if not, everything on it fails. */
    void look() throws InterruptedException;
  }

  /**
   * @param ended told once this response needs no closing any more; may be told again
   */
  HttpApiResponse(
      HttpResponse<BodyQueue> head,
      ConnectionFailures failures,
      Watchdog watchdog,
      Consumer<HttpApiResponse> ended) {
    this.head = head;
    this.failures = failures;
    this.watchdog = watchdog;
    this.ended = ended;
  }

  @Override
  public int status() {
    return head.statusCode();
  }

  @Override
  public Optional<String> header(String name) {
    return head.headers().firstValue(name);
  }

  @Override
  public boolean next(Duration within, Consumer<ByteBuffer> sink) {
    long start = System.nanoTime();
    BodyQueue.Taken taken;
    try {
      taken = take(within.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw waitedInVain(", until the waiting thread was interrupted", start);
    }
    return switch (taken) {
      case BodyQueue.Taken.Chunks chunks -> {
        chunks.buffers().forEach(sink);
        yield true;
      }
      case BodyQueue.Taken.End end -> {
        ended.accept(this);
        yield false;
      }
      case BodyQueue.Taken.Broken broken -> {
        ended.accept(this);
        throw failures.explain(broken.cause());
      }
      case BodyQueue.Taken.Closed closed -> throw HttpTransport.closedException();
      case BodyQueue.Taken.TimedOut timedOut -> throw waitedInVain("", start);
    };
  }

  private BodyQueue.Taken take(long withinNanos) throws InterruptedException {
    long pace = watchdog.pace().toNanos();
    long left = withinNanos;
    while (left > pace) {
      BodyQueue.Taken taken = head.body().take(pace);
      if (!(taken instanceof BodyQueue.Taken.TimedOut)) {
        return taken;
      }
      left -= pace;
      watchdog.look();
    }
    return head.body().take(left);
  }

  private static DeadlineException waitedInVain(String how, long start) {
    return new DeadlineException(
        "more bytes of an answer" + how,
        Duration.ofNanos(System.nanoTime() - start),
        "Close the response and ask again.");
  }

  @Override
  public long wireBytes() {
    return head.body().wireBytes();
  }

  @Override
  public void close() {
    head.body().close();
    ended.accept(this);
  }
}
