package dev.freshet.scripted;

import dev.freshet.error.ClosedException;
import dev.freshet.error.ConnectionException;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import dev.freshet.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A server whose every answer a test writes: it takes requests one by one and says when each byte
 * arrives. Nothing here waits longer than {@link #PATIENCE}, which only a failing test reaches;
 * runs in which most tests are to fail shorten it.
 */
public final class ScriptedServer implements Transport {

  /** For whoever waits for something that this server's reader does. */
  public static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("freshet.test.patienceSeconds", 20));

  private final BlockingQueue<Exchange> arrived = new LinkedBlockingQueue<>();
  private volatile boolean closed;
  private volatile boolean streamsLists;

  /** From now on streamed lists arrive like any request; before, they are refused as unknown. */
  public ScriptedServer streamsLists() {
    streamsLists = true;
    return this;
  }

  @Override
  public ApiResponse send(ApiRequest request) {
    if (closed) {
      throw new ClosedException("the scripted server is closed", "");
    }
    Exchange exchange = new Exchange(request);
    if (!streamsLists && request.pathAndQuery().contains("sendInitialEvents")) {
      exchange.answer(422).push("{\"kind\":\"Status\",\"reason\":\"Invalid\"}").end();
    } else {
      arrived.add(exchange);
    }
    return exchange.awaitAnswer();
  }

  @Override
  public void close() {
    closed = true;
  }

  /** The next request that arrives, not yet answered. */
  public Exchange nextRequest() throws InterruptedException {
    Exchange exchange = arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (exchange == null) {
      throw new AssertionError("no further request came");
    }
    return exchange;
  }

  /** The next request, which must be the list of a collection, answered whole. */
  public Exchange answerList(String body) throws InterruptedException {
    Exchange list = nextRequest();
    if (list.request().pathAndQuery().contains("watch=")) {
      throw new AssertionError("expected a list, got " + list.request());
    }
    return list.answer(200).push(body).end();
  }

  /** The next request, which must ask only how far the server is, answered. */
  public void answerProbe(long version) throws InterruptedException {
    Exchange probe = nextRequest();
    if (probe.request().purpose() != ApiRequest.Purpose.PROBE) {
      throw new AssertionError("expected a probe, got " + probe.request());
    }
    probe.answer(200).push(Wire.list(version)).end();
  }

  /** The next request, which must be a watch, accepted and left open. */
  public Exchange acceptWatch() throws InterruptedException {
    Exchange watch = nextRequest();
    if (!watch.request().pathAndQuery().contains("watch=true")) {
      throw new AssertionError("expected a watch, got " + watch.request());
    }
    return watch.answer(200);
  }

  /** The next request, which must be a streamed list, accepted and left open. */
  public Exchange acceptStreamedList() throws InterruptedException {
    Exchange watch = acceptWatch();
    if (!watch.request().pathAndQuery().contains("sendInitialEvents=true")) {
      throw new AssertionError("expected a streamed list, got " + watch.request());
    }
    return watch;
  }

  /** Whether requests came that the test has not taken. */
  public boolean hasUnseenRequests() {
    return !arrived.isEmpty();
  }

  /** One request and what becomes of it. */
  public static final class Exchange implements ApiResponse {
    private final ApiRequest request;
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();
    private volatile Map<String, String> headers = Map.of();
    private final AtomicLong wireBytes = new AtomicLong();

    private sealed interface Step {
      @SuppressWarnings("ArrayRecordComponent") // never compared
      record Bytes(byte[] chunk) implements Step {}

      record End() implements Step {}

      record Break() implements Step {}

      record Closed() implements Step {}
    }

    Exchange(ApiRequest request) {
      this.request = request;
    }

    public ApiRequest request() {
      return request;
    }

    /** Sends status line and headers. */
    public Exchange answer(int code, Map<String, String> withHeaders) {
      headers = withHeaders;
      status.complete(code);
      return this;
    }

    public Exchange answer(int code) {
      return answer(code, Map.of("Content-Type", "application/json"));
    }

    /** Refuses the connection instead of answering. */
    public void refuse() {
      status.completeExceptionally(new ConnectionException("connection refused", "Try again."));
    }

    /** Lets a piece of the body arrive. */
    public Exchange push(String chunk) {
      return push(chunk.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, of any format. */
    public Exchange push(byte[] chunk) {
      steps.add(new Step.Bytes(chunk));
      return this;
    }

    /** Lets a piece of the body arrive and waits until the reader has dealt with it. */
    public Exchange deliver(String chunk) throws InterruptedException {
      return deliver(chunk.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, of any format. */
    public Exchange deliver(byte[] chunk) throws InterruptedException {
      awaitAsked();
      push(chunk);
      awaitAsked();
      asked.add(true);
      return this;
    }

    /** Ends the body in good order. */
    public Exchange end() {
      steps.add(new Step.End());
      return this;
    }

    /** Breaks the connection. */
    public void breakOff() {
      steps.add(new Step.Break());
    }

    private void awaitAsked() throws InterruptedException {
      if (asked.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) == null) {
        throw new AssertionError("the reader did not ask for more of " + request);
      }
    }

    ApiResponse awaitAnswer() {
      try {
        status.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return this;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new AssertionError(e);
      } catch (TimeoutException e) {
        throw new ClosedException("the script had no answer for " + request, "");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClosedException("interrupted", "");
      }
    }

    @Override
    public int status() {
      return status.join();
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    @Override
    public boolean next(Duration within, Consumer<ByteBuffer> sink) {
      asked.add(true);
      try {
        Step step = steps.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return switch (step) {
          case Step.Bytes bytes -> {
            wireBytes.addAndGet(bytes.chunk().length);
            sink.accept(ByteBuffer.wrap(bytes.chunk()));
            yield true;
          }
          case Step.End end -> false;
          case Step.Break broken ->
              throw new ConnectionException("the connection was reset", "Try again.");
          case Step.Closed shut -> throw new ClosedException("closed", "");
          case null -> throw new ClosedException("the script ended", "");
        };
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClosedException("interrupted", "");
      }
    }

    @Override
    public long wireBytes() {
      return wireBytes.get();
    }

    @Override
    public void close() {
      asked.add(true);
      steps.add(new Step.Closed());
    }
  }
}
