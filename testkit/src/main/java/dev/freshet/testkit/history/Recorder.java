package dev.freshet.testkit.history;

import dev.freshet.testkit.TestkitException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Writes down what the clients of one process do. Thread-safe; one operation costs well under a
 * microsecond beside the hashing of what it returned.
 *
 * <p>Memory is bounded: at most {@value #MAX_OPERATIONS} operations of about 200 bytes, after which
 * recording fails loudly, and at most {@value #MAX_KEPT_ITEMS} objects of sampled answers, after
 * which only hashes are kept.
 */
public final class Recorder {
  /** The most operations of one recorder. */
  public static final int MAX_OPERATIONS = 4_000_000;

  /** The most objects kept over all sampled answers. */
  public static final long MAX_KEPT_ITEMS = 4_000_000;

  /** One answer in so many is kept with its objects. */
  private static final int SAMPLE = 100;

  private static final int PROCESS_SHIFT = 40;

  private final LongSupplier clock;
  private final AtomicLong nextId;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong keptItems = new AtomicLong();
  private final AtomicLong failedReads = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Operation> operations = new ArrayList<>();

  private Recorder(int process, LongSupplier clock) {
    this.nextId = new AtomicLong((long) process << PROCESS_SHIFT);
    this.clock = clock;
  }

  /** A recorder by the machine's monotonic clock, the only one of its history. */
  public static Recorder start() {
    return start(0);
  }

  /** One of several recorders of one history, told apart by a number from 0. */
  public static Recorder start(int process) {
    return start(process, System::nanoTime);
  }

  /** A recorder by a clock of the test's own. */
  public static Recorder start(int process, LongSupplier nanoClock) {
    return new Recorder(process, nanoClock);
  }

  /** The clock of this history, for those who take times themselves. */
  public long nanos() {
    return clock.getAsLong();
  }

  /** A number for an operation that is {@linkplain #record recorded} as a whole. */
  public long newId() {
    return nextId.getAndIncrement();
  }

  /** Begins a read, now. */
  public PendingRead read(Caller caller, Query query, Level level) {
    return read(caller, query, level, "");
  }

  /** Begins a read that belongs to a cut over several kinds, now. */
  public PendingRead read(Caller caller, Query query, Level level, String cut) {
    return new PendingRead(caller, query, level, cut, clock.getAsLong());
  }

  /** Begins a write, now; see {@link Write} for the parameters. */
  public PendingWrite put(
      Caller caller, String collection, String key, long preconditionRv, String tag) {
    return new PendingWrite(
        caller, collection, key, Write.Verb.PUT, "", preconditionRv, tag, clock.getAsLong());
  }

  /** Begins a delete with a uid as precondition, now. */
  public PendingWrite delete(Caller caller, String collection, String key, String uid) {
    return new PendingWrite(
        caller, collection, key, Write.Verb.DELETE, uid, Answer.UNKNOWN, "", clock.getAsLong());
  }

  /**
   * Records a whole operation.
   *
   * @throws TestkitException when {@value #MAX_OPERATIONS} have been recorded
   */
  public void record(Operation operation) {
    lock.lock();
    try {
      if (operations.size() == MAX_OPERATIONS) {
        throw new TestkitException(
            "A recorder holds at most "
                + MAX_OPERATIONS
                + " operations. Record a longer run in parts, each with a recorder of its own.");
      }
      operations.add(operation);
    } finally {
      lock.unlock();
    }
  }

  /** What has been recorded so far. */
  public History history() {
    lock.lock();
    try {
      return new History(operations, failedReads.get());
    } finally {
      lock.unlock();
    }
  }

  private boolean keepsThis() {
    return reads.getAndIncrement() % SAMPLE == 0 && keptItems.get() < MAX_KEPT_ITEMS;
  }

  /** A read that has begun. Used by one thread. */
  public final class PendingRead {
    private final Caller caller;
    private final Query query;
    private final Level level;
    private final String cut;
    private final long invokedNanos;

    private PendingRead(Caller caller, Query query, Level level, String cut, long invokedNanos) {
      this.caller = caller;
      this.query = query;
      this.level = level;
      this.cut = cut;
      this.invokedNanos = invokedNanos;
    }

    /**
     * The answer is there. The time is taken first; then {@code answer} adds the objects, in their
     * order, and tells what the answer claims.
     *
     * @return the operation's id
     */
    public long returned(Function<Items.Gathering, Answer.Claims> answer) {
      long returnedNanos = clock.getAsLong();
      var gathering = new Items.Gathering(keepsThis());
      Answer.Claims claims = answer.apply(gathering);
      Items items = gathering.items();
      keptItems.addAndGet(items.list().size());
      long id = newId();
      record(
          new Read(id, caller, query, level, cut, invokedNanos, returnedNanos, claims.with(items)));
      return id;
    }

    /** The read failed: it promised nothing. */
    public void failed() {
      failedReads.incrementAndGet();
    }
  }

  /** A write that has begun. Used by one thread. */
  public final class PendingWrite {
    private final Caller caller;
    private final String collection;
    private final String key;
    private final Write.Verb verb;
    private final String uid;
    private final long preconditionRv;
    private final String tag;
    private final long invokedNanos;

    private PendingWrite(
        Caller caller,
        String collection,
        String key,
        Write.Verb verb,
        String uid,
        long preconditionRv,
        String tag,
        long invokedNanos) {
      this.caller = caller;
      this.collection = collection;
      this.key = key;
      this.verb = verb;
      this.uid = uid;
      this.preconditionRv = preconditionRv;
      this.tag = tag;
      this.invokedNanos = invokedNanos;
    }

    /** A 2xx with the object's uid and version; {@link Answer#UNKNOWN} for a delete without one. */
    public void done(String answeredUid, long rv) {
      end(answeredUid, new Outcome.Done(rv));
    }

    /** A 4xx. */
    public void refused(String why) {
      end(uid, new Outcome.Refused(why));
    }

    /** A timeout, a broken connection, a 5xx. */
    public void unknown(String why) {
      end(uid, new Outcome.Unknown(why));
    }

    private void end(String knownUid, Outcome outcome) {
      long returnedNanos = clock.getAsLong();
      record(
          new Write(
              newId(),
              caller,
              collection,
              key,
              verb,
              knownUid,
              preconditionRv,
              tag,
              invokedNanos,
              returnedNanos,
              outcome));
    }
  }
}
