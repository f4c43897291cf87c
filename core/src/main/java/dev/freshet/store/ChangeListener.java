package dev.freshet.store;

import java.util.List;

/**
 * Someone who wants to know all that changes in a store. Called on the writer's thread and under a
 * lock, so it must only take note: never block, never run code of others.
 */
public interface ChangeListener {

  /** What the store holds where this listener begins: once, before anything else. */
  void begin(Snapshot held);

  /** What has changed since the last call, in order; visible to readers already. */
  void changed(List<StoredChange> changes);
}
