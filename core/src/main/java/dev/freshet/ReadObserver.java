package dev.freshet;

import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceType;

/**
 * Is told of every read as it ends, on the reader's thread and before the reader has its answer:
 * meters and traces. What it throws is logged and does the read no harm. Thread-safe.
 */
public interface ReadObserver {

  /**
   * A read was answered.
   *
   * @param caller who asked
   * @param provenance what the answer is worth; the level and the kind are in it
   * @param tookNanos from the call to the answer
   */
  void answered(String caller, Provenance provenance, long tookNanos);

  /**
   * A read failed.
   *
   * @param caller who asked
   * @param kind what was to be read
   * @param level what was asked for
   * @param why the failure that the reader gets
   * @param tookNanos from the call to the failure
   */
  void failed(
      String caller, ResourceType kind, Consistency level, FreshetException why, long tookNanos);
}
