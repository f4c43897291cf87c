package dev.freshet.feed;

import dev.freshet.codec.WatchEvent;
import dev.freshet.error.ApiException;
import dev.freshet.error.ClosedException;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.error.LimitExceededException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.request.ListCall;
import dev.freshet.request.RequestGate;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import dev.freshet.time.Deadline;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one store equal to what the API server says of one collection: a complete list, then a
 * watch from there, again and again until closed.
 *
 * <p>A broken connection resumes the watch at the frontier, once a probe has shown that the
 * server's history still reaches it. An answer that cannot be trusted, or a history that is gone,
 * starts over with a list, which replaces the state at once. It never stops by itself; {@link
 * #status()} says what it is doing and why. One virtual thread runs it, another its audits.
 */
public final class Feed implements AutoCloseable {

  /** How long one complete list may take: 300,000 Pods over a slow line. */
  static final Duration LIST_WITHIN = Duration.ofMinutes(5);

  /** How long a probe may take. The server itself gives up waiting for its cache after 3 s. */
  static final Duration PROBE_WITHIN = Duration.ofSeconds(10);

  /**
   * How long a watch may say nothing before it is taken for dead. The server sends a bookmark each
   * minute; a kind without bookmarks has its quiet watch renewed at this pace, which loses nothing.
   */
  static final Duration SILENCE = Duration.ofSeconds(90);

  /** The server ends a watch after this long plus up to as much again. */
  static final Duration SHORTEST_WATCH = Duration.ofMinutes(5);

  /** A watch that ended sooner than this is not opened again without a pause. */
  static final Duration SOUND_WATCH = Duration.ofSeconds(1);

  /**
   * An outage of this length leaves time to restore an etcd whose new history then overtakes our
   * frontier: no version shows that, only an audit.
   */
  static final Duration LONG_OUTAGE = Duration.ofSeconds(5);

  /**
   * The life of a watch that is opened for its bookmark: the server sends one from 2 s before the
   * end, so this is the shortest that brings any.
   */
  static final Duration CATCH_UP = Duration.ofSeconds(3);

  /** How long a cache that holds too much waits before it tries again. */
  static final Duration OVER_LIMIT_PAUSE = Duration.ofMinutes(5);

  /** A history that the server no longer has. */
  private static final int GONE = 410;

  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final FeedScope scope;
  private final FeedLimits limits;
  private final String caller;
  private final RequestGate gate;
  private final ListTurns turns;
  private final TimeSource time;
  private final RandomGenerator random;
  private final Backoff backoff;

  /**
   * After a lost history: the server answers, so an outage before it must not be paid for again.
   */
  private final Backoff relists;

  private final Store store = new Store();
  private final Dating dating = new Dating();
  private final Lineage lineage;
  private final ListStyles styles = new ListStyles();
  private final Audits audits;
  private final CountDownLatch synced = new CountDownLatch(1);
  private final Thread thread;

  private volatile FeedStatus status;
  private volatile @Nullable WatchCall open;
  private volatile boolean closed;
  private volatile String alarm = "";

  /** Why what the store holds is not to be followed any further; empty if it is. */
  private volatile String distrust = "";

  private boolean inLineage;

  /** The watch that this thread follows; only read in a lineage. */
  private Lineage.Strand strand;

  /** When the server was last seen to follow our lineage; null while it is. */
  private @Nullable Moment outSince;

  /** What went wrong last; empty since something went right. */
  private String lastFailure = "";

  public Feed(
      FeedScope scope,
      FeedLimits limits,
      String caller,
      RequestGate gate,
      ListTurns turns,
      TimeSource time,
      RandomGenerator random) {
    this.scope = scope;
    this.limits = limits;
    this.caller = caller;
    this.gate = gate;
    this.turns = turns;
    this.time = time;
    this.random = random;
    this.backoff = new Backoff(random);
    this.relists = new Backoff(random);
    this.lineage = new Lineage(scope, limits, store);
    this.strand = lineage.strand();
    this.audits = new Audits(new Audit(scope, caller, gate, time), this, limits, time, random);
    this.status =
        new FeedStatus(FeedStatus.State.STARTING, time.now(), "just declared", Optional.empty());
    this.thread = Thread.ofVirtual().name("freshet-feed-" + scope.type()).unstarted(this::run);
  }

  /** Begins to follow; returns at once. */
  public void start() {
    thread.start();
    audits.start();
  }

  public FeedScope scope() {
    return scope;
  }

  public Store store() {
    return store;
  }

  public Dating dating() {
    return dating;
  }

  public FeedStatus status() {
    return status;
  }

  /** What contradicts the history that is followed here; empty if nothing does. */
  public String alarm() {
    return alarm;
  }

  /** What the last audit gave, in words. */
  public String lastAudit() {
    return audits.last();
  }

  /**
   * Waits for the first complete list.
   *
   * @throws DeadlineException if it did not come in time; says what the feed was doing
   * @throws ClosedException if the feed was closed
   */
  public void awaitSynced(Deadline deadline) {
    try {
      boolean came = time.await(synced, deadline.remaining());
      if (closed) {
        throw new ClosedException("the cache of " + scope + " is closed", "Open a new one.");
      }
      if (!came) {
        throw new DeadlineException(
            "the first list of " + scope + " (" + status.why() + ")",
            deadline.elapsed(),
            "Wait longer, or mend what keeps it: health() says more.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeadlineException(
          "the first list of " + scope, deadline.elapsed(), "This wait was interrupted.");
    }
  }

  /**
   * The server answered a consistent read of this kind, which dates the cache, or contradicts its
   * history. Any thread.
   *
   * @param version the collection's version in the answer
   * @param asked when the read began
   * @param then what the store held when the read began; null if nothing
   */
  public void observe(ResourceVersion version, Moment asked, @Nullable Snapshot then) {
    Snapshot now = store.snapshot().orElse(null);
    if (now == null || then == null || then.epoch() != now.epoch()) {
      return;
    }
    if (!contradicts(version, then)) {
      dating.prove(version, asked, now.frontier());
    }
  }

  /**
   * Someone wrote an object of this kind, or read one alone: its version may contradict the history
   * that is followed here. Any thread.
   *
   * @param then what the store held when the write began; null if nothing
   */
  public void observeWrite(ResourceVersion version, @Nullable Snapshot then) {
    Snapshot now = store.snapshot().orElse(null);
    if (now != null && then != null && then.epoch() == now.epoch()) {
      contradicts(version, then);
    }
  }

  private boolean contradicts(ResourceVersion version, Snapshot then) {
    if (!isBelow(version, then.frontier())) {
      return false;
    }
    String contradiction =
        "the API server answered at "
            + version
            + " after the cache was at "
            + then.frontier()
            + ": the cluster's history went back";
    if (alarm.isEmpty()) {
      LOG.warn("The cache of {} may be wrong: {}", scope, contradiction);
      alarm = contradiction;
      distrust(contradiction);
    }
    return true;
  }

  private static boolean isBelow(ResourceVersion version, ResourceVersion frontier) {
    return version.isComparable() && frontier.isComparable() && !version.isAtLeast(frontier);
  }

  /** Gives up the lineage: a complete list will replace what is held. Any thread. */
  void distrust(String why) {
    distrust = why;
    cut();
  }

  private void cut() {
    WatchCall call = open;
    if (call != null) {
      call.cut();
    }
  }

  /** Ends the feed and waits shortly for its thread. Idempotent. Readers keep what they hold. */
  @Override
  public void close() {
    closed = true;
    cut();
    audits.close();
    thread.interrupt();
    synced.countDown();
    store.close();
    try {
      thread.join(CLOSES_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    enter(FeedStatus.State.CLOSED, "closed");
  }

  private void run() {
    while (!closed) {
      try {
        heedDistrust();
        if (inLineage) {
          watch();
        } else {
          begin();
        }
      } catch (FreshetException e) {
        retry(e);
      } catch (InterruptedException e) {
        // Only close() interrupts this thread, and the loop looks at that next.
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.error("The feed of {} met a defect and starts over", scope, e);
        inLineage = false;
        pause("a defect: " + e);
      }
    }
  }

  private void heedDistrust() {
    String why = distrust;
    if (!why.isEmpty()) {
      distrust = "";
      inLineage = false;
      lastFailure = why;
    }
  }

  /** Reads a complete list; a streamed one goes on as a watch. */
  private void begin() throws InterruptedException {
    ListStyle style = styles.next();
    enter(
        FeedStatus.State.LISTING,
        "reads a complete list" + (lastFailure.isEmpty() ? "" : " again, since " + lastFailure));
    try (ListTurns.Turn turn = turns.take()) {
      switch (style) {
        case STREAMED -> stream(turn);
        case WHOLE, PAGED -> list(style);
      }
    } catch (FreshetException e) {
      if (!inLineage) {
        if (style == ListStyle.STREAMED && e instanceof ApiException api && isUnknown(api)) {
          LOG.debug("The server does not stream lists of {}: {}", scope, e.problem());
          styles.refuseStreamed();
          return;
        }
        styles.failed();
      }
      throw e;
    }
  }

  /** How a server says that it does not know what a streamed list is (400, 422). */
  private static boolean isUnknown(ApiException e) {
    return e.code() == 400 || e.code() == 422;
  }

  private void list(ListStyle style) {
    Moment asked = time.now();
    Deadline complete = Deadline.in(LIST_WITHIN, time);
    var list = new CompleteList(scope, limits, caller, gate);
    var listed = style == ListStyle.PAGED ? list.inPages(complete) : list.whole(complete);
    begun(listed.objects(), listed.version(), asked);
  }

  private void begun(List<StoredObject> objects, ResourceVersion version, Moment asked) {
    if (lineage.begin(objects, version)) {
      LOG.warn("The API server's versions of {} went back: a new epoch begins", scope);
      dating.forget();
      alarm = "";
    }
    dating.prove(version, asked, version);
    strand = lineage.strand();
    inLineage = true;
    outSince = null;
    styles.worked();
    heard();
    synced.countDown();
    LOG.debug("Listed {} {} at {}", objects.size(), scope, version);
  }

  private void stream(ListTurns.Turn turn) {
    Moment asked = time.now();
    var events =
        new InitialEvents(
            limits,
            scope,
            (objects, version) -> {
              begun(objects, version, asked);
              turn.close();
            },
            event -> strand.apply(event));
    Deadline complete = Deadline.in(LIST_WITHIN, time);
    follow(
        new WatchCall(scope, caller, gate),
        call -> call.run(scope.url().streamedList(life()), true, new Streamed(events, complete)));
    if (!events.isComplete() && !closed) {
      styles.failed();
      pause("the server ended a streamed list before it was complete");
    }
  }

  /** Follows one watch to its end; returns when the server ended it in good order. */
  private void watch() {
    confirm();
    if (!inLineage) {
      return;
    }
    Moment opened = time.now();
    strand = lineage.strand();
    follow(
        new WatchCall(scope, caller, gate),
        call -> call.run(scope.url().watchFrom(strand.from(), life()), false, new Following()));
    if (time.since(opened).compareTo(SOUND_WATCH) < 0 && distrust.isEmpty()) {
      pause("the server ended the watch at once");
    }
  }

  /**
   * After a failure: makes sure that the server still has the history that our frontier belongs to.
   * A restored etcd accepts a watch from a version that it has not reached, and stays silent.
   */
  private void confirm() {
    Moment since = outSince;
    Snapshot held = store.snapshot().orElseThrow();
    if (since == null || !held.frontier().isComparable()) {
      return;
    }
    Moment asked = time.now();
    ResourceVersion version = probe();
    observe(version, asked, held);
    if (isBelow(version, held.frontier())) {
      distrust = "";
      inLineage = false;
      lastFailure = "the server is at " + version + ", behind what it has sent before";
      return;
    }
    if (time.since(since).compareTo(LONG_OUTAGE) >= 0) {
      audits.request("an outage of " + time.since(since).toSeconds() + " s");
    }
    outSince = null;
  }

  private ResourceVersion probe() {
    try {
      return new Probe(scope, caller, gate).ask(Deadline.in(PROBE_WITHIN, time));
    } catch (ApiException e) {
      if (e.code() == 400) {
        // An aggregated API that cannot select by name: nothing is proven either way.
        return ResourceVersion.NONE;
      }
      throw e;
    }
  }

  /**
   * Brings the store to a bookmark of the server on a watch beside the usual one, which on a quiet
   * kind is the soonest that a frontier can be shown to be current: 0.2 to 2.1 s. Blocks the
   * calling thread until that watch ends, about {@link #CATCH_UP} later.
   *
   * @param payer who asks, for the account
   * @throws FreshetException as a watch may fail; the cache goes on without it
   */
  public void catchUp(String payer) {
    Lineage.Strand side = lineage.strand();
    new WatchCall(scope, payer, gate)
        .run(
            scope.url().watchFrom(side.from(), CATCH_UP),
            false,
            new WatchCall.Follower() {
              @Override
              public void accept(WatchEvent event) {
                side.apply(event);
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
    return new Probe(scope, payer, gate).ask(within);
  }

  private interface Run {
    void of(WatchCall call);
  }

  private void follow(WatchCall call, Run run) {
    open = call;
    try {
      if (!closed && distrust.isEmpty()) {
        run.of(call);
      }
    } finally {
      open = null;
      if (inLineage) {
        // What came before the end is sound and must not wait for what comes after it.
        strand.publish();
      }
    }
  }

  /** A watch that goes on from the frontier. */
  private class Following implements WatchCall.Follower {

    @Override
    public void accept(WatchEvent event) {
      strand.apply(event);
    }

    @Override
    public Duration silence() {
      enter(FeedStatus.State.WATCHING, "follows changes");
      return SILENCE;
    }

    /** Everything that a chunk brings becomes visible together. */
    @Override
    public void chunkEnded(long bytes) {
      strand.publish();
      heard();
      backoff.reset();
      relists.reset();
    }
  }

  /** A watch that begins with a complete list, before which nothing becomes visible. */
  private final class Streamed extends Following {
    private final InitialEvents events;
    private final Deadline complete;

    Streamed(InitialEvents events, Deadline complete) {
      this.events = events;
      this.complete = complete;
    }

    @Override
    public void accept(WatchEvent event) {
      events.accept(event);
    }

    @Override
    public Duration silence() {
      if (events.isComplete()) {
        return super.silence();
      }
      Duration left = complete.remaining();
      return left.compareTo(SILENCE) < 0 ? left : SILENCE;
    }

    @Override
    public void chunkEnded(long bytes) {
      if (events.isComplete()) {
        super.chunkEnded(bytes);
      } else {
        ListCall.requireBounded(bytes);
        heard();
      }
    }
  }

  private Duration life() {
    return SHORTEST_WATCH.plusSeconds(random.nextLong(SHORTEST_WATCH.toSeconds() + 1));
  }

  /** Decides what a failure costs: only a pause, or the lineage too. */
  private void retry(FreshetException failure) {
    if (closed || !distrust.isEmpty()) {
      return;
    }
    if (outSince == null) {
      outSince = time.now();
    }
    Optional<Duration> retryAfter = Optional.empty();
    Backoff patience = backoff;
    switch (failure) {
      // The stream is whole up to the frontier: go on from there.
      case ConnectionException e -> {}
      case DeadlineException e -> {}
      case ConfigurationException e -> {}
      case ApiException e -> {
        retryAfter = e.retryAfter();
        if (!isPassing(e)) {
          inLineage = false;
        }
        if (e.code() == GONE) {
          patience = relists;
        }
      }
      case LimitExceededException e -> {
        giveUp(e);
        return;
      }
      // What was sent cannot be trusted.
      default -> inLineage = false;
    }
    pause(failure.problem(), patience.next(retryAfter));
  }

  /** Whether the server may well accept the same watch later. */
  private static boolean isPassing(ApiException e) {
    return switch (e.code()) {
      case 401, 403, 429, 500, 502, 503 -> true;
      default -> false;
    };
  }

  /** Holding on would cost the heap; a part of the objects would be a lie. */
  private void giveUp(LimitExceededException failure) {
    inLineage = false;
    lineage.clear();
    LOG.error("The cache of {} holds nothing now: {}", scope, failure.getMessage());
    rest(FeedStatus.State.OVER_LIMIT, failure.problem(), OVER_LIMIT_PAUSE);
  }

  private void pause(String why) {
    pause(why, backoff.next(Optional.empty()));
  }

  private void pause(String why, Duration wait) {
    if (closed) {
      return;
    }
    LOG.info("The feed of {} tries again in {} ms: {}", scope, wait.toMillis(), why);
    rest(FeedStatus.State.RETRYING, why, wait);
  }

  private void rest(FeedStatus.State state, String why, Duration wait) {
    lastFailure = why;
    enter(state, why);
    try {
      time.sleep(wait);
    } catch (InterruptedException e) {
      // Only close() interrupts this thread, and the loop looks at that next.
      Thread.currentThread().interrupt();
    }
  }

  private void enter(FeedStatus.State state, String why) {
    FeedStatus before = status;
    status =
        before.state() == state && before.why().equals(why)
            ? before
            : new FeedStatus(state, time.now(), why, before.lastHeard());
  }

  private void heard() {
    lastFailure = "";
    FeedStatus before = status;
    status = new FeedStatus(before.state(), before.since(), before.why(), Optional.of(time.now()));
  }
}
