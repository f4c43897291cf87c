package dev.freshet.fence;

import dev.freshet.error.FenceException;
import dev.freshet.error.FreshetException;
import dev.freshet.feed.Feed;
import dev.freshet.object.ResourceVersion;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import dev.freshet.time.Moment;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The fences of one stream: where R comes from, and what pushes the frontier to it.
 *
 * <p>A probe gives R and moves nothing. On a busy kind the next event brings the frontier past it;
 * on a quiet one a bookmark watch does. A touch gives R and its own event. At most one probe, one
 * touch and one bookmark watch are under way; everybody waits for the frontier, and nobody queues
 * behind a pusher. Thread-safe.
 */
public final class StreamFence {

  /** How long one probe may take; a server whose cache lags gives up after 3 s by itself. */
  static final Duration PROBE_WITHIN = Duration.ofSeconds(10);

  private final Feed feed;
  private final TimeSource time;
  private final Gathering<Reached> probes;
  private final @Nullable Touch touch;
  private final @Nullable Gathering<Reached> touches;
  private final Pace touchPace;
  private final Refusal refusal;
  private final BookmarkPusher pusher;
  private final Refresher refresher;
  private final AtomicLong promoted = new AtomicLong();

  private final Mean probeNanos = new Mean(2e6);

  /** Half of what a bookmark needs at most. */
  private final Mean bookmarkNanos = new Mean(1.1e9);

  private final Mean touchNanos = new Mean(10e6);
  private final Mean atOnce = new Mean(0.5);

  /**
   * @param touch writes into an object that this stream brings; null if there is none
   * @param touchPace how often that may be done
   */
  public StreamFence(Feed feed, @Nullable Touch touch, Pace touchPace, TimeSource time) {
    this.feed = feed;
    this.time = time;
    this.probes =
        new Gathering<>(
            "a probe of " + feed.scope(),
            (payer, longest) -> probe(payer),
            Pace.unlimited(time),
            time);
    this.touch = touch;
    this.touchPace = touchPace;
    this.refusal = new Refusal(feed.scope().toString(), time);
    this.touches =
        touch == null
            ? null
            : new Gathering<>(
                "a touch of " + feed.scope(),
                (payer, longest) -> touch(touch, payer),
                touchPace,
                time);
    this.pusher = new BookmarkPusher(feed);
    this.refresher = new Refresher(feed.scope().toString(), this::byBookmark, time);
  }

  /**
   * Somebody reads this stream within a bound: it is kept so fresh from now on, by a probe now and
   * then and a bookmark watch where no event comes. Returns at once.
   */
  public void keepWithin(Duration behind, String caller) {
    refresher.want(behind, caller);
  }

  /** The age below which the stream is kept at present; empty while nobody wants that. */
  public Optional<Duration> keeps() {
    return refresher.keeps();
  }

  /** A read found the stream older than it wanted, and is about to pass a fence. */
  public void promoted() {
    promoted.incrementAndGet();
  }

  /** How many reads found the stream older than they wanted. */
  public long promotions() {
    return promoted.get();
  }

  /** Whether something is declared to be touched in this stream. */
  public boolean canTouch() {
    return touches != null;
  }

  /** Why touches are left alone for now; empty if they are not. */
  public Optional<String> touchRefused() {
    return refusal.now();
  }

  /** By a probe, and the next event of the kind itself. */
  public Passed byProbe(String caller, Deadline deadline) {
    return pass(probes, caller, deadline, false);
  }

  /** By a probe and a watch that is opened for its bookmark, unless an event comes first. */
  public Passed byBookmark(String caller, Deadline deadline) {
    return pass(probes, caller, deadline, true);
  }

  /**
   * By a write of ours and its event.
   *
   * @throws IllegalStateException if there is nothing to touch
   */
  public Passed byTouch(String caller, Deadline deadline) {
    if (touches == null) {
      throw new IllegalStateException("nothing to touch in the stream of " + feed.scope());
    }
    return pass(touches, caller, deadline, false);
  }

  /** What the fences of this stream have taken lately. */
  public Experience experience() {
    return new Experience(
        nanos(probeNanos),
        nanos(bookmarkNanos),
        nanos(touchNanos).plus(touchPace.untilNext()),
        atOnce.value(),
        feed.store().changesPerSecond());
  }

  private static Duration nanos(Mean mean) {
    return Duration.ofNanos((long) mean.value());
  }

  private Passed pass(Gathering<Reached> source, String caller, Deadline deadline, boolean push) {
    var shared = source.join(caller, deadline);
    Reached reached = shared.answer();
    boolean waits = !isPassed(feed.store().snapshot().orElseThrow(), reached);
    long answered = time.monotonicNanos();
    boolean pushed = push && waits && pusher.push(reached.version(), caller);
    Snapshot held = await(reached, deadline);
    if (source == touches) {
      touchNanos.add(nanosSince(reached.asked().monotonicNanos()));
    } else {
      atOnce.add(waits ? 0 : 1);
      if (push && waits) {
        bookmarkNanos.add(nanosSince(answered));
      }
    }
    return new Passed(held, shared, pushed);
  }

  /** How far the server is, by a probe that is sent after this was called. */
  public Reached probed(String caller, Deadline deadline) {
    return probes.join(caller, deadline).answer();
  }

  /**
   * Waits until the stream has come to a version of the history that it follows now. Where it has
   * not, a bookmark watch is opened, and a probe sent before: the version may be of another kind,
   * and the API server's own cache of this one comes to the present only when somebody asks; until
   * then its bookmarks are behind.
   *
   * @throws FenceException if it does not come there in time, or its history is replaced
   */
  public Snapshot reach(ResourceVersion version, String caller, Deadline deadline) {
    Snapshot then = held();
    Reached reached = new Reached(version, time.now(), then.epoch(), 0, 0, 0);
    if (!isPassed(then, reached)) {
      var unused = probes.join(caller, deadline).answer();
      pusher.push(version, caller);
    }
    return await(reached, deadline);
  }

  private Snapshot await(Reached reached, Deadline deadline) {
    Optional<Snapshot> found =
        feed.store()
            .await(
                held -> isPassed(held, reached) || held.epoch() != reached.epoch(), deadline, time);
    Snapshot held = found.orElseThrow(() -> tooLate(reached, deadline));
    if (held.epoch() != reached.epoch()) {
      throw historyReplaced();
    }
    return held;
  }

  private double nanosSince(long then) {
    return (double) (time.monotonicNanos() - then);
  }

  private static boolean isPassed(Snapshot held, Reached reached) {
    return held.epoch() == reached.epoch() && held.frontier().isAtLeast(reached.version());
  }

  private Reached probe(String payer) {
    Snapshot then = held();
    Moment asked = time.now();
    ResourceVersion version = feed.probe(payer, Deadline.in(PROBE_WITHIN, time));
    probeNanos.add(nanosSince(asked.monotonicNanos()));
    return reached(version, asked, then, 1, 0, 0);
  }

  private Reached touch(Touch touch, String payer) {
    Snapshot then = held();
    Moment asked = time.now();
    Touch.Written written;
    try {
      written = touch.write(payer);
    } catch (FreshetException e) {
      refusal.failed(e);
      throw e;
    }
    refusal.over();
    return reached(
        written.version(),
        asked,
        then,
        written.requests(),
        written.bodyBytes(),
        written.wireBytes());
  }

  private Snapshot held() {
    return feed.store()
        .snapshot()
        .filter(snapshot -> snapshot.frontier().isComparable())
        .orElseThrow(
            () ->
                new FenceException(
                    "the versions of " + feed.scope() + " have no order, or none are held",
                    "Read with cached(), or let Freshet ask the server."));
  }

  private Reached reached(
      ResourceVersion version,
      Moment asked,
      Snapshot then,
      int requests,
      long bodyBytes,
      long wireBytes) {
    feed.observe(version, asked, then);
    if (!version.isComparable() || !version.isAtLeast(then.frontier())) {
      throw historyReplaced();
    }
    return new Reached(version, asked, then.epoch(), requests, bodyBytes, wireBytes);
  }

  private FenceException historyReplaced() {
    return new FenceException(
        "the history of " + feed.scope() + " was replaced under the read",
        "Read again: a new epoch has begun.");
  }

  private FenceException tooLate(Reached reached, Deadline deadline) {
    return new FenceException(
        "the cache of "
            + feed.scope()
            + " is at "
            + feed.store().snapshot().map(held -> held.frontier().text()).orElse("nothing")
            + " and did not come to "
            + reached.version()
            + " within "
            + deadline.elapsed().toMillis()
            + " ms",
        "Allow more time, or let Freshet ask the server.");
  }

  /**
   * Ends what is under way, and deletes the Pod that was made to be touched; who waits fails.
   * Idempotent.
   */
  public void close() {
    probes.close();
    if (touches != null) {
      touches.close();
    }
    pusher.close();
    refresher.close();
    if (touch != null) {
      touch.close();
    }
  }
}
