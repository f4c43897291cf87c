package dev.freshet.compact;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Native contexts between two uses: costly to make, cheap to keep, and for one thread at a time.
 * Thread-safe, without locks; who finds none makes one, and who finds no room for it ends it.
 */
final class Idle<C> {

  private final AtomicReferenceArray<@Nullable C> slots;
  private final Supplier<C> maker;
  private final Consumer<C> end;

  /**
   * Room for as many as can be in use at once, about.
   *
   * @param atMost how many are kept at most
   */
  Idle(int atMost, Supplier<C> maker, Consumer<C> end) {
    int threads = Math.min(atMost, 2 * Runtime.getRuntime().availableProcessors());
    this.slots = new AtomicReferenceArray<>(Integer.highestOneBit(Math.max(1, threads)));
    this.maker = maker;
    this.end = end;
  }

  C take() {
    int home = home();
    C found = slots.getAndSet(home, null);
    if (found == null) {
      found = slots.getAndSet(neighbour(home), null);
    }
    return found == null ? maker.get() : found;
  }

  void giveBack(C used) {
    int home = home();
    if (!slots.compareAndSet(home, null, used)
        && !slots.compareAndSet(neighbour(home), null, used)) {
      end.accept(used);
    }
  }

  /** Ends those that are idle now. */
  void clear() {
    for (int i = 0; i < slots.length(); i++) {
      C idle = slots.getAndSet(i, null);
      if (idle != null) {
        end.accept(idle);
      }
    }
  }

  private int home() {
    return (int) Thread.currentThread().threadId() & (slots.length() - 1);
  }

  private int neighbour(int home) {
    return (home + 1) & (slots.length() - 1);
  }
}
