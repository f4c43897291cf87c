package dev.freshet.feed;

import dev.freshet.codec.WatchEvent;
import dev.freshet.compact.Intake;
import dev.freshet.error.ApiException;
import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.request.ListCall;
import dev.freshet.saved.SavedState;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import dev.freshet.time.Deadline;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one collection: a complete list, then a watch from there, again and again until closed.
 *
 * <p>A broken connection resumes the watch at the frontier, once a probe has shown that the
 * server's history still reaches it. An answer that cannot be trusted, or a history that is gone,
 * starts over with a list, which replaces the state at once. It never stops by itself, and says in
 * the {@link Journal} what it is doing and why. For one thread, but for {@link #close()}.
 */
final class FeedLoop implements Runnable {

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

  /** How long a cache that holds too much waits before it tries again. */
  static final Duration OVER_LIMIT_PAUSE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(FeedLoop.class);

  private final Origin origin;
  private final FeedScope scope;
  private final TimeSource time;
  private final ListTurns turns;
  private final RandomGenerator random;
  private final Store store;
  private final Lineage lineage;
  private final History history;
  private final Journal journal;
  private final Audits audits;
  private final OpenWatch open;
  private final CountDownLatch synced = new CountDownLatch(1);
  private final Pauses pauses;
  private final ListStyles styles = new ListStyles();
  private final Spread spread;
  private final Optional<Saving> saving;
  private volatile boolean closed;
  private boolean inLineage;

  /** Whether nothing was held yet, so that what was saved may be gone on from. */
  private boolean isFirst = true;

  /** Whether the server has not been shown yet to continue what was saved. */
  private boolean resumed;

  /** The watch that is followed; only read in a lineage. */
  private Lineage.Strand strand;

  /** When the server was last seen to follow our lineage; null while it is. */
  private @Nullable Moment outSince;

  /** When the watch that is followed was asked for; only read after one was. */
  private Moment opened;

  /** Why an audit is due as soon as the server follows our lineage again; empty if none is. */
  private String auditAfter = "";

  FeedLoop(
      Origin origin,
      ListTurns turns,
      RandomGenerator random,
      Store store,
      Lineage lineage,
      History history,
      Journal journal,
      Audits audits,
      OpenWatch open,
      Optional<Saving> saving) {
    this.origin = origin;
    this.scope = origin.scope();
    this.time = origin.time();
    this.turns = turns;
    this.random = random;
    this.store = store;
    this.lineage = lineage;
    this.history = history;
    this.journal = journal;
    this.audits = audits;
    this.open = open;
    this.saving = saving;
    this.pauses = new Pauses(random);
    this.spread = new Spread(random);
    this.strand = lineage.strand();
    this.opened = time.now();
  }

  @Override
  public void run() {
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
        endLineage();
        pause("a defect: " + e);
      }
    }
  }

  /** The next list replaces what is held, so that there is nothing to compare. */
  private void endLineage() {
    inLineage = false;
    resumed = false;
    auditAfter = "";
    audits.drop();
    saving.ifPresent(Saving::ended);
  }

  private void heedDistrust() {
    String why = history.takeDistrust();
    if (!why.isEmpty()) {
      endLineage();
      journal.failed(why);
    }
  }

  /** Goes on from what was saved, or reads a complete list; a streamed one goes on as a watch. */
  private void begin() throws InterruptedException {
    if (isFirst && resume()) {
      return;
    }
    letOthersGoFirst();
    ListStyle style = styles.next();
    String failure = journal.lastFailure();
    journal.enter(
        FeedStatus.State.LISTING,
        "reads a complete list" + (failure.isEmpty() ? "" : " again, since " + failure));
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

  private boolean resume() {
    Optional<Saving.Earlier> found = saving.flatMap(Saving::earlier);
    if (found.isEmpty() || closed) {
      return false;
    }
    SavedState state = found.get().state();
    Moment proven = found.get().proven();
    // Before anybody sees it, for it has an age from its first moment on.
    history.dating().prove(state.frontier(), proven, state.frontier());
    lineage.resume(state, found.get().objects());
    saving.get().resumed(state);
    journal.resumed(proven);
    outSince = proven;
    resumed = true;
    isFollowed();
    LOG.info(
        "The cache of {} goes on from {} objects at {}, saved {} s ago",
        scope,
        state.objects().size(),
        state.frontier(),
        time.since(proven).toSeconds());
    return true;
  }

  /** There is something to be read, and to be followed. */
  private void isFollowed() {
    strand = lineage.strand();
    inLineage = true;
    isFirst = false;
    synced.countDown();
  }

  private void letOthersGoFirst() throws InterruptedException {
    Duration wait = spread.next();
    if (!wait.isZero()) {
      journal.enter(
          FeedStatus.State.RETRYING,
          "lets other clients list first, " + wait.toMillis() + " ms: " + journal.lastFailure());
      time.sleep(wait);
    }
  }

  /** How a server says that it does not know what a streamed list is (400, 422). */
  private static boolean isUnknown(ApiException e) {
    return e.code() == 400 || e.code() == 422;
  }

  private void list(ListStyle style) {
    Moment asked = time.now();
    Deadline complete = Deadline.in(LIST_WITHIN, time);
    try (Intake intake = lineage.intake()) {
      var list = new CompleteList(origin, intake, store.draft());
      var listed = style == ListStyle.PAGED ? list.inPages(complete) : list.whole(complete);
      begun(listed.objects(), listed.version(), asked);
    }
  }

  private void begun(Store.Prepared objects, ResourceVersion version, Moment asked) {
    if (lineage.begin(objects, version)) {
      LOG.warn("The API server's versions of {} went back: a new epoch begins", scope);
      history.beginEpoch();
    }
    history.dating().prove(version, asked, version);
    outSince = null;
    styles.worked();
    spread.took(time.since(asked));
    journal.listed();
    saving.ifPresent(Saving::began);
    isFollowed();
    LOG.debug("Listed {} {} at {}", objects.size(), scope, version);
  }

  private void stream(ListTurns.Turn turn) {
    Moment asked = time.now();
    opened = asked;
    Intake intake = lineage.intake();
    var events =
        new InitialEvents(
            origin,
            intake,
            (objects, version) -> {
              begun(store.prepare(objects), version, asked);
              turn.close();
            },
            this::take);
    Deadline complete = Deadline.in(LIST_WITHIN, time);
    try (intake) {
      follow(
          new WatchCall(origin),
          call -> call.run(scope.url().streamedList(life()), true, new Streamed(events, complete)));
    }
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
    // A short one brings a bookmark at once, which shows how current that is that was saved.
    Duration life = resumed ? Feed.CATCH_UP : life();
    resumed = false;
    opened = time.now();
    strand = lineage.strand();
    follow(
        new WatchCall(origin),
        call -> call.run(scope.url().watchFrom(strand.from(), life), false, new Following()));
    if (time.since(opened).compareTo(SOUND_WATCH) < 0 && history.isTrusted()) {
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
    history.observe(version, asked, held);
    if (version.isBelow(held.frontier())) {
      history.takeDistrust();
      endLineage();
      journal.failed("the server is at " + version + ", behind what it has sent before");
      return;
    }
    if (resumed && !version.isComparable()) {
      endLineage();
      journal.failed("the server cannot say how far it is, to compare it with what was saved");
      return;
    }
    if (resumed) {
      auditAfter = "a start from what was saved";
    } else if (time.since(since).compareTo(LONG_OUTAGE) >= 0) {
      auditAfter = "an outage of " + time.since(since).toSeconds() + " s";
    }
    outSince = null;
  }

  private ResourceVersion probe() {
    try {
      return new Probe(origin).ask(Deadline.in(PROBE_WITHIN, time));
    } catch (ApiException e) {
      if (e.code() == 400) {
        // An aggregated API that cannot select by name: nothing is proven either way.
        return ResourceVersion.NONE;
      }
      throw e;
    }
  }

  private interface Run {
    void of(WatchCall call);
  }

  private void follow(WatchCall call, Run run) {
    open.set(call);
    try {
      if (!closed && history.isTrusted()) {
        run.of(call);
      }
    } finally {
      open.clear();
      if (inLineage) {
        // What came before the end is sound and must not wait for what comes after it.
        strand.publish();
      }
    }
  }

  /** The server has begun to answer a watch; whether it goes on from the frontier is open still. */
  private void answered() {
    spread.answered(time.since(opened));
    if (!auditAfter.isEmpty()) {
      audits.request(auditAfter);
      auditAfter = "";
    }
  }

  private void take(WatchEvent event) {
    strand.apply(event);
    journal.took(event);
  }

  /** A watch that goes on from the frontier. */
  private class Following implements WatchCall.Follower {
    private boolean answered;

    @Override
    public void accept(WatchEvent event) {
      take(event);
    }

    @Override
    public Duration silence() {
      if (!answered) {
        answered = true;
        answered();
      }
      journal.enter(FeedStatus.State.WATCHING, "follows changes");
      return SILENCE;
    }

    /** Everything that a chunk brings becomes visible together. */
    @Override
    public void chunkEnded(long bytes) {
      strand.publish();
      journal.heard();
      pauses.reset();
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
        journal.heard();
      }
    }
  }

  private Duration life() {
    return SHORTEST_WATCH.plusSeconds(random.nextLong(SHORTEST_WATCH.toSeconds() + 1));
  }

  private void retry(FreshetException failure) {
    if (closed || !history.isTrusted()) {
      return;
    }
    if (outSince == null) {
      outSince = time.now();
    }
    switch (FailureCost.of(failure)) {
      case NOTHING -> pause(failure.problem(), pauses.after(failure));
      case LINEAGE -> {
        endLineage();
        pause(failure.problem(), pauses.after(failure));
      }
      case STORE -> giveUp(failure);
    }
  }

  /** Holding on would cost the heap; a part of the objects would be a lie. */
  private void giveUp(FreshetException failure) {
    endLineage();
    lineage.clear();
    LOG.error("The cache of {} holds nothing now: {}", scope, failure.getMessage());
    rest(FeedStatus.State.OVER_LIMIT, failure.problem(), OVER_LIMIT_PAUSE);
  }

  private void pause(String why) {
    pause(why, pauses.next());
  }

  private void pause(String why, Duration wait) {
    if (closed) {
      return;
    }
    LOG.info("The feed of {} tries again in {} ms: {}", scope, wait.toMillis(), why);
    rest(FeedStatus.State.RETRYING, why, wait);
  }

  private void rest(FeedStatus.State state, String why, Duration wait) {
    journal.failed(why);
    journal.enter(state, why);
    try {
      time.sleep(wait);
    } catch (InterruptedException e) {
      // Only close() interrupts this thread, and the loop looks at that next.
      Thread.currentThread().interrupt();
    }
  }

  /** Opened by the first complete list or what was saved, or when this is closed. */
  CountDownLatch synced() {
    return synced;
  }

  void close() {
    closed = true;
    open.cut();
    synced.countDown();
  }
}
