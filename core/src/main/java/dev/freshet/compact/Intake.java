package dev.freshet.compact;

import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.object.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Packs the objects of a list while the rest of it arrives, on a thread of its own; who brings them
 * helps when that is behind. Holds some megabytes of plain objects at most. For one thread.
 */
public final class Intake implements AutoCloseable {

  /** Bytes of objects that are handed over at once; a list of less needs no other thread. */
  private static final int CHUNK_BYTES = 256 << 10;

  /** Chunks that may wait; training takes as long as some of them take to arrive. */
  private static final int WAITING_CHUNKS = 16;

  /** Packing 4 MB takes 0.01 s, and training 0.1 s: whoever takes so long has died. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** No chunk is empty. */
  private static final List<StoredObject> END = List.of();

  private final Packer packer;
  private final BlockingQueue<List<StoredObject>> waiting =
      new ArrayBlockingQueue<>(WAITING_CHUNKS);
  private final AtomicLong saved = new AtomicLong();
  private List<StoredObject> filling = new ArrayList<>();
  private int fillingBytes;
  private long arrived;
  private @Nullable Thread worker;

  public Intake(Packer packer) {
    this.packer = packer;
  }

  /** Takes the next object, which is packed now or later. */
  public void add(StoredObject object) {
    int bytes = object.body().heldBytes();
    arrived += bytes;
    if (packer.isOff()) {
      return;
    }
    filling.add(object);
    fillingBytes += bytes;
    if (fillingBytes >= CHUNK_BYTES) {
      handOver(filling);
      filling = new ArrayList<>();
      fillingBytes = 0;
    }
  }

  /** The bytes that all objects so far hold now. */
  public long heldBytes() {
    return arrived - saved.get();
  }

  /** Waits until everything that can be packed is, except for a few of the last. */
  public void finish() {
    Thread running = worker;
    if (running == null) {
      return;
    }
    if (packer.isReady()) {
      pack(filling);
    }
    put(END);
    try {
      if (!running.join(LONGEST)) {
        throw stuck();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    worker = null;
  }

  /** Ends the thread if the list was not finished. */
  @Override
  public void close() {
    Thread running = worker;
    if (running != null) {
      running.interrupt();
      worker = null;
    }
  }

  private void handOver(List<StoredObject> chunk) {
    if (worker == null) {
      worker = Thread.ofPlatform().daemon().name("freshet-pack").start(this::work);
    }
    if (waiting.offer(chunk)) {
      return;
    }
    if (packer.isReady()) {
      pack(chunk);
    } else {
      put(chunk);
    }
  }

  private void put(List<StoredObject> chunk) {
    try {
      if (!waiting.offer(chunk, LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        throw stuck();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void work() {
    List<StoredObject> plain = new ArrayList<>();
    long plainBytes = 0;
    long tried = 0;
    try {
      for (List<StoredObject> chunk = waiting.take(); !chunk.isEmpty(); chunk = waiting.take()) {
        if (packer.isReady()) {
          pack(chunk);
          continue;
        }
        plain.addAll(chunk);
        plainBytes += bytes(chunk);
        // Where there was nothing to learn there may be in twice as many.
        if (packer.isWorth(plainBytes) && plainBytes >= 2 * tried) {
          tried = plainBytes;
          packer.learn(plain);
          if (packer.isReady()) {
            pack(plain);
            plain = List.of();
          }
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread; it ends.
      Thread.currentThread().interrupt();
    }
  }

  private void pack(List<StoredObject> objects) {
    long before = bytes(objects);
    objects.forEach(packer::pack);
    saved.addAndGet(before - bytes(objects));
  }

  private static FreshetException stuck() {
    return new DeadlineException(
        "the packing of a list", LONGEST, "This is a defect of Freshet: please report it.");
  }

  private static FreshetException interrupted() {
    Thread.currentThread().interrupt();
    return new DeadlineException(
        "the packing of a list", Duration.ZERO, "This wait was interrupted.");
  }

  private static long bytes(List<StoredObject> objects) {
    return objects.stream().mapToLong(object -> object.body().heldBytes()).sum();
  }
}
