package dev.freshet.transport;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The hand-off between the connection, which pushes chunks, and the reader, who pulls them.
 *
 * <p>Holds at most {@link #CHUNKS_AHEAD} chunk lists; the connection is asked for another only when
 * one has been taken, so a reader that stops makes the server stop. The JDK cuts chunks at 16 KiB,
 * and holds up to one stream window (16 MiB with HTTP/2) of its own in front of this queue.
 *
 * <p>Why not {@code BodySubscribers.ofInputStream()}: it asks for one buffer at a time, which costs
 * twice the CPU, and its read has no deadline.
 */
final class BodyQueue implements BodySubscriber<BodyQueue> {

  /** Chunk lists that may wait for the reader: about 1 MiB. */
  static final int CHUNKS_AHEAD = 64;

  /** What a wait for chunks ended with. */
  sealed interface Taken {
    /** Chunks in the order of arrival. */
    record Chunks(List<ByteBuffer> buffers) implements Taken {}

    /** The body is complete. */
    record End() implements Taken {}

    /** The connection broke; every chunk before that has been taken. */
    record Broken(Throwable cause) implements Taken {}

    /** {@link BodyQueue#close()} was called. */
    record Closed() implements Taken {}

    /** Nothing came in time. */
    record TimedOut() implements Taken {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<List<ByteBuffer>> chunks = new ArrayDeque<>(CHUNKS_AHEAD);
  private Flow.@Nullable Subscription subscription;
  private @Nullable Taken last;
  private final Runnable heard;
  private volatile long wireBytes;

  /**
   * @param heard told whenever bytes come
   */
  BodyQueue(Runnable heard) {
    this.heard = heard;
  }

  @Override
  public CompletionStage<BodyQueue> getBody() {
    // Complete at once: the exchange is answered when its headers are here.
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    boolean refuse;
    lock.lock();
    try {
      refuse = last != null || subscription != null;
      if (!refuse) {
        subscription = newSubscription;
      }
    } finally {
      lock.unlock();
    }
    // Outside the lock: either call may come back into onNext on this thread.
    if (refuse) {
      newSubscription.cancel();
    } else {
      newSubscription.request(CHUNKS_AHEAD);
    }
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // Written by the connection's thread alone.
  public void onNext(List<ByteBuffer> item) {
    heard.run();
    long bytes = 0;
    for (ByteBuffer buffer : item) {
      bytes += buffer.remaining();
    }
    lock.lock();
    try {
      wireBytes += bytes;
      if (last == null) {
        chunks.add(item);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onError(Throwable throwable) {
    finish(new Taken.Broken(throwable));
  }

  @Override
  public void onComplete() {
    finish(new Taken.End());
  }

  private void finish(Taken how) {
    lock.lock();
    try {
      if (last == null) {
        last = how;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next chunks and takes all that are here. After the last one, says each time how
   * the body ended.
   *
   * @throws InterruptedException if the waiting thread was interrupted; nothing was taken
   */
  Taken take(long withinNanos) throws InterruptedException {
    List<ByteBuffer> buffers = new ArrayList<>();
    int taken;
    Flow.Subscription source;
    lock.lockInterruptibly();
    try {
      long left = withinNanos;
      while (chunks.isEmpty()) {
        if (last != null) {
          return last;
        }
        if (left <= 0) {
          return new Taken.TimedOut();
        }
        left = changed.awaitNanos(left);
      }
      taken = chunks.size();
      chunks.forEach(buffers::addAll);
      chunks.clear();
      source = last == null ? subscription : null;
    } finally {
      lock.unlock();
    }
    if (source != null) {
      source.request(taken);
    }
    return new Taken.Chunks(buffers);
  }

  /** Bytes pushed so far. */
  long wireBytes() {
    return wireBytes;
  }

  /** Gives the body up: cancels the exchange, drops what waits, wakes the reader. Idempotent. */
  void close() {
    Flow.Subscription source;
    lock.lock();
    try {
      source = last == null ? subscription : null;
      last = new Taken.Closed();
      chunks.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (source != null) {
      source.cancel();
    }
  }
}
