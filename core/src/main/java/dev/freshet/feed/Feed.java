package dev.freshet.feed;

import dev.freshet.codec.Negotiation;
import dev.freshet.codec.WatchDecoder;
import dev.freshet.codec.WatchEvent;
import dev.freshet.error.ApiException;
import dev.freshet.error.ClosedException;
import dev.freshet.error.ConfigurationException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final ListStyles styles = new ListStyles();
  private final CountDownLatch synced = new CountDownLatch(1);
  private final Thread thread;

  private volatile FeedStatus status;
  private volatile @Nullable ApiResponse open;
  private volatile boolean closed;
  private boolean inLineage;

  /** What went wrong last; empty since something went right. */
  private String lastFailure = "";

  public Feed(
      FeedScope scope, String caller, RequestGate gate, TimeSource time, RandomGenerator random) {
    this.scope = scope;
    this.caller = caller;
    this.gate = gate;
    this.formats = scope.formats();
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
        if (inLineage) {
          watch();
        } else {
          begin();
        }
      } catch (FreshetException e) {
        retry(e);
      } catch (RuntimeException e) {
        LOG.error("The feed of {} met a defect and starts over", scope, e);
        inLineage = false;
        pause("a defect: " + e, Optional.empty());
      }
    }
  }

  /** Reads a complete list; a streamed one goes on as a watch. */
  private void begin() {
    ListStyle style = styles.next();
    enter(
        FeedStatus.State.LISTING,
        "reads a complete list" + (lastFailure.isEmpty() ? "" : " again, since " + lastFailure));
    try {
      switch (style) {
        case STREAMED -> stream();
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
    var list = new CompleteList(scope, caller, gate);
    var listed = style == ListStyle.PAGED ? list.inPages(complete) : list.whole(complete);
    begun(listed.objects(), listed.version(), asked);
  }

  private void begun(List<StoredObject> objects, ResourceVersion version, Moment asked) {
    if (lineage.begin(objects, version)) {
      LOG.warn("The API server's versions of {} went back: a new epoch begins", scope);
      dating.forget();
    }
    dating.prove(version, asked, store.frontier());
    inLineage = true;
    styles.worked();
    heard();
    synced.countDown();
    LOG.debug("Listed {} {} at {}", objects.size(), scope, version);
  }

  private void stream() {
    Moment asked = time.now();
    var events =
        new InitialEvents((objects, version) -> begun(objects, version, asked), lineage::apply);
    Deadline complete = Deadline.in(LIST_WITHIN, time);
    follow(
        CollectionUrl.of(scope.type(), scope.namespace()).streamedList(life()),
        true,
        events,
        () -> {
          if (!events.isComplete()) {
            return shorter(SILENCE, complete.remaining());
          }
          enter(FeedStatus.State.WATCHING, "follows changes");
          return SILENCE;
        });
    if (!events.isComplete()) {
      styles.failed();
      pause("the server ended a streamed list before it was complete", Optional.empty());
    }
  }

  /** Follows one watch to its end; returns when the server ended it in good order. */
  private void watch() {
    Moment opened = time.now();
    follow(
        CollectionUrl.of(scope.type(), scope.namespace()).watchFrom(store.frontier(), life()),
        false,
        lineage::apply,
        () -> {
          enter(FeedStatus.State.WATCHING, "follows changes");
          return SILENCE;
        });
    if (time.since(opened).compareTo(SOUND_WATCH) < 0) {
      pause("the server ended the watch at once", Optional.empty());
    }
  }

  private void follow(
      CollectionUrl url, boolean gzip, Consumer<WatchEvent> events, Supplier<Duration> nextWithin) {
    var request =
        new ApiRequest(
            ApiRequest.Purpose.WATCH,
            caller,
            url.toString(),
            formats.acceptWatch(),
            gzip,
            WATCH_OPENS_WITHIN);
    try (ApiResponse response = gate.send(request)) {
      open = response;
      if (closed) {
        return;
      }
      if (response.status() != 200) {
        throw Failures.of(response, "watch", scope.type(), scope.namespace());
      }
      WatchDecoder decoder = formats.codec(response.header("Content-Type")).watch(events);
      try (AnswerBody body = new AnswerBody(response)) {
        while (body.next(nextWithin.get(), chunk -> push(decoder, chunk))) {
          heard();
          if (inLineage) {
            backoff.reset();
          } else {
            ListCall.requireBounded(body.bytes());
          }
        }
      }
      decoder.end();
    } finally {
      open = null;
    }
  }

  /** Everything that a chunk brings becomes visible together; before a lineage nothing does. */
  private void push(WatchDecoder decoder, ByteBuffer chunk) {
    decoder.push(chunk);
    if (inLineage) {
      store.publish();
    }
  }

  private Duration life() {
    return SHORTEST_WATCH.plusSeconds(random.nextLong(SHORTEST_WATCH.toSeconds() + 1));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
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
    lastFailure = why;
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
    lastFailure = "";
    FeedStatus before = status;
    status = new FeedStatus(before.state(), before.since(), before.why(), Optional.of(time.now()));
  }
}
