package dev.freshet.feed;

import dev.freshet.compact.Dictionary;
import dev.freshet.compact.Intake;
import dev.freshet.compact.Packer;
import dev.freshet.object.Body;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps the objects of one store packed: each as it comes, and in the background all anew when that
 * would hold them in clearly less. Readers notice nothing. Writer only, but for {@link #close()}.
 */
final class Compaction implements AutoCloseable {

  /** Objects that are put in their new form in one go, which a change may have to wait for. */
  private static final int AT_ONCE = 64;

  /** Changes over which what packing gives is averaged, about. */
  private static final double WINDOW = 500;

  /** The share of its bytes that a packed object takes may grow by so much before we look anew. */
  private static final double GROWN = 1.25;

  private final Packer packer;
  private final Store store;
  private final Consumer<Runnable> asWriter;
  private final Executor background;
  private volatile boolean closed;
  private volatile boolean looking;

  /** What share of its bytes a new object takes lately; zero before the first. */
  private double share;

  /** The same when we looked last. */
  private double shareThen;

  /** What the store held when we looked last. */
  private long bytesThen;

  private int packedSince;

  /**
   * @param asWriter runs something while nobody else writes to the store
   * @param background where packing anew goes on
   */
  Compaction(Packer packer, Store store, Consumer<Runnable> asWriter, Executor background) {
    this.packer = packer;
    this.store = store;
    this.asWriter = asWriter;
    this.background = background;
  }

  /** For the objects of a complete list, while it arrives. Any thread. */
  Intake intake() {
    return new Intake(packer);
  }

  /** Packs an object that comes as a change. */
  void pack(StoredObject object) {
    if (packer.isOff()) {
      return;
    }
    double plain = object.body().heldBytes();
    packer.pack(object);
    double now = object.body().heldBytes() / plain;
    packedSince++;
    share += (now - share) / Math.min(packedSince, WINDOW);
    if (packer.isReady() ? hasGrown() : isWorth()) {
      look();
    }
  }

  private boolean hasGrown() {
    return packedSince > WINDOW && share > GROWN * shareThen;
  }

  /** A complete list has come: what it began with may not be what most of it is like. */
  void listed() {
    if (packer.isOff()) {
      return;
    }
    if (packer.isReady() || isWorth()) {
      look();
    }
  }

  /** What is held comes packed already, by this if it could be. */
  void resumed(Optional<Dictionary> dictionary) {
    dictionary.ifPresent(packer::packBy);
    bytesThen = store.bytes();
  }

  /** Where there was nothing to learn there may be in twice as many. */
  private boolean isWorth() {
    return packer.isWorth(store.bytes()) && store.bytes() >= 2 * bytesThen;
  }

  private void look() {
    if (looking || closed) {
      return;
    }
    looking = true;
    background.execute(
        () -> {
          try {
            improve();
          } finally {
            asWriter.accept(this::looked);
          }
        });
  }

  private void looked() {
    shareThen = share;
    bytesThen = store.bytes();
    packedSince = 0;
    looking = false;
  }

  private void improve() {
    Optional<Snapshot> held = store.snapshot();
    if (closed || held.isEmpty()) {
      return;
    }
    List<StoredObject> objects = new ArrayList<>(held.get().size());
    held.get().forEach(objects::add);
    packer.learn(objects);
    for (int from = 0; from < objects.size() && !closed; from += AT_ONCE) {
      List<StoredObject> some = objects.subList(from, Math.min(from + AT_ONCE, objects.size()));
      List<Body> packed = some.stream().map(object -> packer.packed(object.body())).toList();
      asWriter.accept(
          () ->
              IntStream.range(0, some.size())
                  .forEach(i -> store.holdAs(some.get(i), packed.get(i))));
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
