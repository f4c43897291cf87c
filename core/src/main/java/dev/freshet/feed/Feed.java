package dev.freshet.feed;

import dev.freshet.codec.Negotiation;
import dev.freshet.codec.WatchDecoder;
import dev.freshet.error.ApiException;
import dev.freshet.error.ClosedException;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.request.AnswerBody;
import dev.freshet.request.CollectionUrl;
import dev.freshet.request.Failures;
import dev.freshet.request.ListCall;
import dev.freshet.request.RequestGate;
import dev.freshet.store.Store;
import dev.freshet.time.Deadline;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one store equal to what the API server says of one collection: a complete list, then a
 * watch from there, again and again until closed.
 *
 * <p>A broken connection resumes the watch at the frontier. An answer that cannot be trusted, or a
 * history that is gone, starts over with a list, which replaces the state at once. It never stops
 * by itself; {@link #status()} says what it is doing and why. One virtual thread runs it.
 */
public final class Feed implements AutoCloseable {

  /** How long one complete list may take: 300,000 Pods over a slow line. */
  static final Duration LIST_WITHIN = Duration.ofMinutes(5);

  /** How long the server may take to accept a watch. */
  static final Duration WATCH_OPENS_WITHIN = Duration.ofSeconds(30);

  /**
   * How long a watch may say nothing before it is taken for dead. The server sends a bookmark each
   * minute; a kind without bookmarks has its quiet watch renewed at this pace, which loses nothing.
   */
  static final Duration SILENCE = Duration.ofSeconds(90);

  /** The server ends a watch after this long plus up to as much again. */
  static final Duration SHORTEST_WATCH = Duration.ofMinutes(5);

  /** A watch that ended sooner than this is not opened again without a pause. */
  static final Duration SOUND_WATCH = Duration.ofSeconds(1);

  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final FeedScope scope;
  private final String caller;
  private final RequestGate gate;
  private final Negotiation formats;
  private final TimeSource time;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final Store store = new Store();
  private final Dating dating = new Dating();
  private final Lineage lineage;
  private final CountDownLatch synced = new CountDownLatch(1);
  private final Thread thread;

  private volatile FeedStatus status;
  private volatile @Nullable ApiResponse open;
  private volatile boolean closed;
  private boolean inLineage;

  public Feed(
      FeedScope scope, String caller, RequestGate gate, TimeSource time, RandomGenerator random) {
    this.scope = scope;
    this.caller = caller;
    this.gate = gate;
    this.formats = Negotiation.of(scope.type());
    this.time = time;
    this.random = random;
    this.backoff = new Backoff(random);
    this.lineage = new Lineage(scope, store);
    this.status =
        new FeedStatus(FeedStatus.State.STARTING, time.now(), "just declared", Optional.empty());
    this.thread = Thread.ofVirtual().name("freshet-feed-" + scope.type()).unstarted(this::run);
  }

  /** Begins to follow; returns at once. */
  public void start() {
    thread.start();
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

  /**
   * Waits for the first complete list.
   *
   * @throws DeadlineException if it did not come in time; says what the feed was doing
   * @throws ClosedException if the feed was closed
   */
  public void awaitSynced(Deadline deadline) {
    try {
      boolean came = synced.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
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

  /** Ends the feed and waits shortly for its thread. Idempotent. Readers keep what they hold. */
  @Override
  public void close() {
    closed = true;
    ApiResponse response = open;
    if (response != null) {
      response.close();
    }
    thread.interrupt();
    synced.countDown();
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
        if (!inLineage) {
          list();
        }
        watch();
      } catch (FreshetException e) {
        retry(e);
      } catch (RuntimeException e) {
        LOG.error("The feed of {} met a defect and starts over", scope, e);
        inLineage = false;
        pause("a defect: " + e, Optional.empty());
      }
    }
  }

  private void list() {
    enter(FeedStatus.State.LISTING, "reads a complete list");
    Moment asked = time.now();
    var answer =
        new ListCall(gate)
            .run(
                ApiRequest.Purpose.SYNC,
                caller,
                scope.type(),
                scope.namespace(),
                CollectionUrl.of(scope.type(), scope.namespace()),
                Deadline.in(LIST_WITHIN, time));
    if (lineage.begin(answer.objects(), answer.end().resourceVersion())) {
      LOG.warn("The API server's versions of {} went back: a new epoch begins", scope);
      dating.forget();
    }
    dating.prove(answer.end().resourceVersion(), asked, store.frontier());
    inLineage = true;
    heard();
    synced.countDown();
    LOG.debug("Listed {} {} at {}", answer.objects().size(), scope, store.frontier());
  }

  /** Follows one watch to its end; returns when the server ended it in good order. */
  private void watch() {
    Duration life = SHORTEST_WATCH.plusSeconds(random.nextLong(SHORTEST_WATCH.toSeconds() + 1));
    var url = CollectionUrl.of(scope.type(), scope.namespace()).watchFrom(store.frontier(), life);
    var request =
        new ApiRequest(
            ApiRequest.Purpose.WATCH, caller, url.toString(), formats.accept(), WATCH_OPENS_WITHIN);
    Moment opened = time.now();
    try (ApiResponse response = gate.send(request)) {
      open = response;
      if (closed) {
        return;
      }
      if (response.status() != 200) {
        throw Failures.of(response, "watch", scope.type(), scope.namespace());
      }
      enter(FeedStatus.State.WATCHING, "follows changes");
      follow(response);
    } finally {
      open = null;
    }
    if (time.since(opened).compareTo(SOUND_WATCH) < 0) {
      pause("the server ended the watch at once", Optional.empty());
    }
  }

  private void follow(ApiResponse response) {
    WatchDecoder decoder = formats.codec(response.header("Content-Type")).watch(lineage::apply);
    try (AnswerBody body = new AnswerBody(response)) {
      while (body.next(
          SILENCE,
          chunk -> {
            decoder.push(chunk);
            store.publish();
          })) {
        heard();
        backoff.reset();
      }
    }
    decoder.end();
  }

  /** Decides what a failure costs: only a pause, or the lineage too. */
  private void retry(FreshetException failure) {
    if (closed) {
      return;
    }
    Optional<Duration> retryAfter = Optional.empty();
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
      }
      // What was sent cannot be trusted.
      default -> inLineage = false;
    }
    pause(failure.problem(), retryAfter);
  }

  /** Whether the server may well accept the same watch later. */
  private static boolean isPassing(ApiException e) {
    return switch (e.code()) {
      case 401, 403, 429, 500, 502, 503 -> true;
      default -> false;
    };
  }

  private void pause(String why, Optional<Duration> retryAfter) {
    if (closed) {
      return;
    }
    Duration wait = backoff.next(retryAfter);
    enter(FeedStatus.State.RETRYING, why);
    LOG.info("The feed of {} tries again in {} ms: {}", scope, wait.toMillis(), why);
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
    FeedStatus before = status;
    status = new FeedStatus(before.state(), before.since(), before.why(), Optional.of(time.now()));
  }
}
