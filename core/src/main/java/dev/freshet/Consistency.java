package dev.freshet;

/**
 * What a read promises about how current its answer is. A closed set of values; every promise holds
 * within one {@linkplain Provenance#epoch() epoch}.
 */
public sealed interface Consistency {

  /**
   * An atomic snapshot of this process's cache that never goes back in time, but may be behind the
   * server by a time that is known only as an upper bound. Costs no request.
   */
  static Consistency cached() {
    return new Cached();
  }

  /**
   * Linearizable: sees everything that anyone committed before the read began. Costs a list from
   * the API server.
   */
  static Consistency strong() {
    return new Strong();
  }

  /** See {@link Consistency#cached()}. */
  record Cached() implements Consistency {
    @Override
    public String toString() {
      return "cached";
    }
  }

  /** See {@link Consistency#strong()}. */
  record Strong() implements Consistency {
    @Override
    public String toString() {
      return "strong";
    }
  }
}
