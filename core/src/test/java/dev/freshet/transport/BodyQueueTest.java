package dev.freshet.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.transport.BodyQueue.Taken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BodyQueueTest {

  private static final long LONG_NANOS = Duration.ofSeconds(30).toNanos();

  private final BodyQueue queue = new BodyQueue(() -> {});
  private final Source source = new Source();

  private static final class Source implements Flow.Subscription {
    private long requested;
    private boolean cancelled;

    @Override
    public void request(long n) {
      requested += n;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private static List<ByteBuffer> chunk(String text) {
    return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(Taken taken) {
    assertThat(taken).isInstanceOf(Taken.Chunks.class);
    return ((Taken.Chunks) taken)
        .buffers().stream()
            .map(b -> StandardCharsets.UTF_8.decode(b).toString())
            .collect(Collectors.joining("|"));
  }

  @Test
  void asksForNoMoreThanItHolds() {
    queue.onSubscribe(source);
    for (int i = 0; i < BodyQueue.CHUNKS_AHEAD; i++) {
      queue.onNext(chunk("x"));
    }
    assertThat(source.requested).isEqualTo(BodyQueue.CHUNKS_AHEAD);
  }

  @Test
  void asksForAsManyAsWereTaken() throws Exception {
    queue.onSubscribe(source);
    queue.onNext(chunk("a"));
    queue.onNext(chunk("b"));
    assertThat(text(queue.take(LONG_NANOS))).isEqualTo("a|b");
    assertThat(source.requested).isEqualTo(BodyQueue.CHUNKS_AHEAD + 2);
  }

  @Test
  void whatCameBeforeAFailureIsHandedOverFirst() throws Exception {
    queue.onSubscribe(source);
    queue.onNext(chunk("a"));
    queue.onError(new IOException("cut"));
    assertThat(text(queue.take(LONG_NANOS))).isEqualTo("a");
    assertThat(queue.take(LONG_NANOS)).isInstanceOf(Taken.Broken.class);
    assertThat(queue.take(LONG_NANOS)).isInstanceOf(Taken.Broken.class);
  }

  @Test
  void theEndIsSaidEachTime() throws Exception {
    queue.onSubscribe(source);
    queue.onComplete();
    assertThat(queue.take(LONG_NANOS)).isInstanceOf(Taken.End.class);
    assertThat(queue.take(LONG_NANOS)).isInstanceOf(Taken.End.class);
  }

  @Test
  void waitingHasAnEnd() throws Exception {
    queue.onSubscribe(source);
    assertThat(queue.take(1)).isInstanceOf(Taken.TimedOut.class);
  }

  @Test
  void closingCancelsAndDropsWhatWaits() throws Exception {
    queue.onSubscribe(source);
    queue.onNext(chunk("a"));
    queue.close();
    assertThat(source.cancelled).isTrue();
    assertThat(queue.take(LONG_NANOS)).isInstanceOf(Taken.Closed.class);
  }

  @Test
  void closingBeforeTheBodyBeginsCancelsItWhenItDoes() {
    queue.close();
    queue.onSubscribe(source);
    assertThat(source.cancelled).isTrue();
    assertThat(source.requested).isZero();
  }

  @Test
  void countsBytesAsTheyArriveNotAsTheyAreRead() {
    queue.onSubscribe(source);
    queue.onNext(chunk("abc"));
    queue.onNext(chunk("de"));
    assertThat(queue.wireBytes()).isEqualTo(5);
  }
}
