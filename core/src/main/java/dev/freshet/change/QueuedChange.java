package dev.freshet.change;

import dev.freshet.store.Snapshot;
import dev.freshet.store.StoredChange;
import dev.freshet.time.Moment;

/** What a handler is to be told next. */
public sealed interface QueuedChange {

  /** When it happened here; of a conflated change, the first of those that it stands for. */
  Moment since();

  /** All that a stream holds where the handler begins. */
  record Held(Snapshot snapshot, Moment since) implements QueuedChange {}

  /**
   * One change, or several of one key told as one.
   *
   * @param standsFor how many; 1 if nothing was conflated
   */
  record Changed(StoredChange change, int standsFor, Moment since) implements QueuedChange {}
}
