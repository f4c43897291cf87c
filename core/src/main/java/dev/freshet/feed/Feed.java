package dev.freshet.feed;

import dev.freshet.codec.WatchEvent;
import dev.freshet.error.ClosedException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.request.RequestGate;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import dev.freshet.time.Deadline;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one store equal to what the API server says of one collection, until closed: a {@link
 * FeedLoop} follows the server, {@link Audits} compare now and then, and answers from elsewhere
 * date what is held or contradict it ({@link History}). Thread-safe.
 */
public final class Feed implements AutoCloseable {

  /**
   * The life of a watch that is opened for its bookmark: the server sends one from 2 s before the
   * end, so this is the shortest that brings any.
   */
  static final Duration CATCH_UP = Duration.ofSeconds(3);

  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);

  private final Origin origin;
  private final Store store = new Store();
  private final Lineage lineage;
  private final History history;
  private final Journal journal;
  private final FeedLoop loop;
  private final Audits audits;
  private final Optional<Saving> saving;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param place where to save what is held; empty for nowhere
   */
  public Feed(
      FeedScope scope,
      FeedLimits limits,
      String caller,
      RequestGate gate,
      ListTurns turns,
      TimeSource time,
      RandomGenerator random,
      Optional<SavingPlace> place) {
    this.origin = new Origin(scope, limits, caller, gate, time);
    this.lineage = new Lineage(scope, limits, store, BackgroundWork.shared());
    this.journal = new Journal(time);
    var open = new OpenWatch();
    this.history = new History(scope, store, open::cut);
    this.audits = new Audits(origin, store, history, random);
    this.saving =
        place.map(there -> new Saving(origin, store, history, there, BackgroundWork.shared()));
    this.loop =
        new FeedLoop(origin, turns, random, store, lineage, history, journal, audits, open, saving);
    this.thread = Thread.ofPlatform().daemon().name("freshet-feed-" + scope.type()).unstarted(loop);
  }

  /** Begins to follow; returns at once. */
  public void start() {
    thread.start();
    audits.start();
    saving.ifPresent(Saving::start);
  }

  public FeedScope scope() {
    return origin.scope();
  }

  public Store store() {
    return store;
  }

  public Dating dating() {
    return history.dating();
  }

  public FeedStatus status() {
    return journal.status();
  }

  /** Complete lists that it has had so far, streamed ones included. */
  public long lists() {
    return journal.lists();
  }

  /** Changes that its watch has brought so far; complete lists count for nothing. */
  public long events() {
    return journal.events();
  }

  /** When its watch last brought a bookmark; empty if never. */
  public Optional<Moment> lastBookmark() {
    return journal.lastBookmark();
  }

  /**
   * When what it goes on from was known to be current, if an earlier process has saved that; empty
   * if it has had a complete list.
   */
  public Optional<Moment> resumed() {
    return journal.resumed();
  }

  /** What the last saving of its state gave, in words. */
  public String lastSaved() {
    return saving.map(Saving::last).orElse("off");
  }

  /** What contradicts the history that is followed here; empty if nothing does. */
  public String alarm() {
    return history.alarm();
  }

  /** What the last audit gave, in words. */
  public String lastAudit() {
    return audits.last();
  }

  /**
   * Waits for the first complete list, or for what was saved to go on from.
   *
   * @throws DeadlineException if it did not come in time; says what the feed was doing
   * @throws ClosedException if the feed was closed
   */
  public void awaitSynced(Deadline deadline) {
    try {
      boolean came = origin.time().await(loop.synced(), deadline.remaining());
      if (closed) {
        throw new ClosedException(
            "the cache of " + origin.scope() + " is closed", "Open a new one.");
      }
      if (!came) {
        throw new DeadlineException(
            "the first list of " + origin.scope() + " (" + status().why() + ")",
            deadline.elapsed(),
            "Wait longer, or mend what keeps it: health() says more.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeadlineException(
          "the first list of " + origin.scope(), deadline.elapsed(), "This wait was interrupted.");
    }
  }

  /**
   * The server answered a consistent read of this kind, which dates the cache, or contradicts its
   * history.
   *
   * @param version the collection's version in the answer
   * @param asked when the read began
   * @param then what the store held when the read began; null if nothing
   */
  public void observe(ResourceVersion version, Moment asked, @Nullable Snapshot then) {
    history.observe(version, asked, then);
  }

  /**
   * Someone wrote an object of this kind, or read one alone: its version may contradict the history
   * that is followed here.
   *
   * @param then what the store held when the write began; null if nothing
   */
  public void observeWrite(ResourceVersion version, @Nullable Snapshot then) {
    history.observeWrite(version, then);
  }

  /**
   * Brings the store to a bookmark of the server on a watch beside the usual one, which on a quiet
   * kind is the soonest that a frontier can be shown to be current: 0.2 to 2.1 s. Blocks the
   * calling thread until it is there, or the watch ends without one after {@link #CATCH_UP}.
   *
   * @param payer who asks, for the account
   * @throws FreshetException as a watch may fail; the cache goes on without it
   */
  public void catchUp(String payer) {
    Lineage.Strand side = lineage.strand();
    new WatchCall(origin.paidBy(payer))
        .run(
            origin.scope().url().watchFrom(side.from(), CATCH_UP),
            false,
            new WatchCall.Follower() {
              private boolean bookmarked;

              @Override
              public void accept(WatchEvent event) {
                side.apply(event);
                bookmarked |= event instanceof WatchEvent.Bookmark;
              }

              @Override
              public boolean hasEnough() {
                // Whoever wants a later one then need not wait for the end of this watch first.
                return bookmarked;
              }

              @Override
              public Duration silence() {
                return CATCH_UP.multipliedBy(2);
              }

              @Override
              public void chunkEnded(long bytes) {
                side.publish();
              }
            });
  }

  /**
   * Asks how far the server is; whoever began to read before this call may rely on the answer.
   *
   * @param payer who asks, for the account
   */
  public ResourceVersion probe(String payer, Deadline within) {
    return new Probe(origin.paidBy(payer)).ask(within);
  }

  /**
   * Ends the feed and waits shortly for its thread, and for its state to be saved. Idempotent.
   * Readers keep what they hold.
   */
  @Override
  public void close() {
    closed = true;
    loop.close();
    audits.close();
    lineage.close();
    thread.interrupt();
    store.close();
    try {
      // One that was never started has no end to wait for.
      if (thread.getState() != Thread.State.NEW) {
        thread.join(CLOSES_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    saving.ifPresent(Saving::close);
    journal.enter(FeedStatus.State.CLOSED, "closed");
  }
}
