package dev.freshet;

import java.time.Duration;
import java.util.Locale;

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
   * Linearizable: sees everything that anyone committed before the read began. Costs a fence of a
   * declared cache, which readers share, or a list from the API server: whichever is cheaper; see
   * {@link Fence}.
   */
  static Consistency strong() {
    return new Strong();
  }

  /**
   * Sees every write and every read of this session; only reads of a {@link Session} can ask for
   * it. Costs nothing where the cache has come that far, else the wait for its next event.
   */
  static ReadYourWrites readYourWrites() {
    return new ReadYourWrites(Waiting.DEFAULT_WAIT, Otherwise.ASK_SERVER);
  }

  /**
   * Sees everything that a token saw, in whichever process. Costs as {@link #readYourWrites()}. The
   * token of another cluster makes the read strong.
   */
  static AtLeast atLeast(Token token) {
    return new AtLeast(token, Waiting.DEFAULT_WAIT, Otherwise.ASK_SERVER);
  }

  /**
   * Sees everything that anyone committed longer than this before the read began. Costs nothing
   * while the cache is known to be no older, else a fence. A cache with such readers keeps itself
   * fresh by a few requests of some bytes, however many readers it has.
   *
   * @param behind positive; for none at all read with {@link #strong()}
   */
  static Within within(Duration behind) {
    return new Within(behind, Within.DEFAULT_WAIT, Otherwise.ASK_SERVER);
  }

  /**
   * The state that the token's answer showed, at that very version. Costs nothing while the cache
   * still holds it, else a list from the API server, which keeps some minutes of history. Fails
   * with a {@link dev.freshet.error.SnapshotExpiredException} where nobody has it any more.
   */
  static Consistency exactly(Token token) {
    return new Exactly(token);
  }

  /** The name of the level, without its bound or token: {@code within}, {@code at-least}. */
  default String name() {
    return switch (this) {
      case Cached cached -> "cached";
      case Within within -> "within";
      case ReadYourWrites own -> "read-your-writes";
      case AtLeast atLeast -> "at-least";
      case Strong strong -> "strong";
      case Exactly exactly -> "exactly";
    };
  }

  /** A level that may have to wait until the cache has come far enough. */
  sealed interface Waiting extends Consistency {

    /**
     * How long a read waits for the cache unless said otherwise: an event needs milliseconds, and
     * asking the server for little takes no longer than this.
     */
    Duration DEFAULT_WAIT = Duration.ofMillis(250);

    /** How long to wait at most; the read's own deadline bounds it as well. */
    Duration waitingAtMost();

    /** What to do when that was not long enough. */
    Otherwise otherwise();

    private static void requireSound(Duration wait) {
      if (wait.isNegative()) {
        throw new IllegalArgumentException("waitingAtMost must not be negative: " + wait);
      }
    }

    private static String suffix(Waiting level, Duration usual) {
      return (level.waitingAtMost().equals(usual)
              ? ""
              : " waiting at most " + level.waitingAtMost().toMillis() + "ms")
          + (level.otherwise() == Otherwise.ASK_SERVER ? "" : " otherwise " + level.otherwise());
    }
  }

  /** What a read does when the cache did not come far enough in time. */
  enum Otherwise {
    /** Asks the server, which gives the level. */
    ASK_SERVER,
    /** Fails with a {@link dev.freshet.error.CacheBehindException}. */
    FAIL,
    /** Answers from the cache as it is, with {@link Provenance#satisfied()} false. */
    SERVE_STALE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** See {@link Consistency#readYourWrites()}. */
  record ReadYourWrites(Duration waitingAtMost, Otherwise otherwise) implements Waiting {

    public ReadYourWrites {
      Waiting.requireSound(waitingAtMost);
    }

    /** The same, waiting no longer than this; zero does not wait at all. */
    public ReadYourWrites waitingAtMost(Duration longest) {
      return new ReadYourWrites(longest, otherwise);
    }

    /** The same, doing this after the wait. */
    public ReadYourWrites otherwise(Otherwise then) {
      return new ReadYourWrites(waitingAtMost, then);
    }

    @Override
    public String toString() {
      return "read-your-writes" + Waiting.suffix(this, DEFAULT_WAIT);
    }
  }

  /** See {@link Consistency#atLeast(Token)}. */
  record AtLeast(Token token, Duration waitingAtMost, Otherwise otherwise) implements Waiting {

    public AtLeast {
      Waiting.requireSound(waitingAtMost);
    }

    /** The same, waiting no longer than this; zero does not wait at all. */
    public AtLeast waitingAtMost(Duration longest) {
      return new AtLeast(token, longest, otherwise);
    }

    /** The same, doing this after the wait. */
    public AtLeast otherwise(Otherwise then) {
      return new AtLeast(token, waitingAtMost, then);
    }

    @Override
    public String toString() {
      return "at-least" + Waiting.suffix(this, DEFAULT_WAIT);
    }
  }

  /** See {@link Consistency#within(Duration)}. */
  record Within(Duration behind, Duration waitingAtMost, Otherwise otherwise) implements Waiting {

    /** How long a read waits for a fence unless said otherwise: a bookmark needs up to 2.1 s. */
    static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);

    public Within {
      if (behind.isNegative() || behind.isZero()) {
        throw new IllegalArgumentException(
            "within(…) needs a positive duration, not " + behind + "; for none read with strong()");
      }
      Waiting.requireSound(waitingAtMost);
    }

    /** The same, waiting no longer than this; zero does not wait at all. */
    public Within waitingAtMost(Duration longest) {
      return new Within(behind, longest, otherwise);
    }

    /** The same, doing this after the wait. */
    public Within otherwise(Otherwise then) {
      return new Within(behind, waitingAtMost, then);
    }

    @Override
    public String toString() {
      return "within=" + behind.toMillis() + "ms" + Waiting.suffix(this, DEFAULT_WAIT);
    }
  }

  /** See {@link Consistency#exactly(Token)}. */
  record Exactly(Token token) implements Consistency {
    @Override
    public String toString() {
      return "exactly";
    }
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
