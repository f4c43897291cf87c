package dev.freshet.webhook;

import dev.freshet.Consistency;
import dev.freshet.error.FreshetException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the reviews of one webhook: bytes in, bytes out. To be mounted in any server that has
 * checked who asks; {@link AdmissionServer} is one. Thread-safe.
 *
 * <p>An answer always comes before the API server gives up: where the webhook has not decided by
 * then, it is the declared one, with the reason.
 */
public final class AdmissionEndpoint<T extends HasMetadata> {

  /** What the API server waits where its request does not say: its own default. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * The share of the API server's time that is kept for the way here, which it counts, and back.
   */
  private static final int SPARE_SHARE = 10;

  /**
   * Reviews at work at once, those included whose time is over and whose code has not noticed; with
   * more the next is undecided.
   */
  private static final int MAX_AT_WORK = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(AdmissionEndpoint.class);

  private final Freshet freshet;
  private final Webhook<T> webhook;
  private final ReviewCounts counts;
  private final ReviewObserver observer;
  private final TimeSource time;
  private final Semaphore atWork = new Semaphore(MAX_AT_WORK);

  public AdmissionEndpoint(Freshet freshet, Webhook<T> webhook) {
    this(freshet, webhook, ReviewObserver.NONE);
  }

  /**
   * The same.
   *
   * @param observer hears how each review ends
   */
  public AdmissionEndpoint(Freshet freshet, Webhook<T> webhook, ReviewObserver observer) {
    this(freshet, webhook, observer, TimeSource.system());
  }

  AdmissionEndpoint(Freshet freshet, Webhook<T> webhook, ReviewObserver observer, TimeSource time) {
    this.freshet = freshet;
    this.webhook = webhook;
    this.counts = new ReviewCounts();
    this.observer = observer;
    this.time = time;
  }

  /** The webhook that is answered for. */
  public Webhook<T> webhook() {
    return webhook;
  }

  /** How its reviews have ended so far. */
  public ReviewCounts counts() {
    return counts;
  }

  /**
   * Answers one review. Blocks until it is decided or its time is over.
   *
   * @param contentType of the request
   * @param body of the request
   * @param timeout the {@code timeout} of the request's query: how long the API server waits
   * @return the AdmissionReview to answer with
   * @throws BadReviewException if the body is no review
   * @throws InterruptedException if whoever asked has gone
   */
  public byte[] answer(Optional<String> contentType, byte[] body, Optional<Duration> timeout)
      throws BadReviewException, InterruptedException {
    long arrivedNanos = time.monotonicNanos();
    AdmissionRequest request = Reviews.read(contentType, body);
    Duration waits = timeout.filter(given -> given.isPositive()).orElse(DEFAULT_TIMEOUT);
    Duration mine = waits.minus(waits.dividedBy(SPARE_SHARE));
    Review<T> review = new Review<>(request, webhook.kind());
    Decided decided = decide(review, Deadline.in(mine, time));
    counts.ended(decided.outcome());
    observer.ended(
        webhook.name(), decided.outcome(), Duration.ofNanos(time.monotonicNanos() - arrivedNanos));
    if (!decided.verdict().allowed()) {
      LOG.info(
          "{} refused {} by {}: {}",
          webhook.name(),
          review,
          review.user().getUsername(),
          decided.verdict().message());
    }
    return decided.body();
  }

  /**
   * How a review ended.
   *
   * @param body the AdmissionReview that says so
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Decided(Verdict verdict, ReviewCounts.Outcome outcome, byte[] body) {}

  /** Runs the webhook's own code on a thread that can be left behind. */
  private Decided decide(Review<T> review, Deadline deadline) throws InterruptedException {
    if (!atWork.tryAcquire()) {
      return undecided(review, MAX_AT_WORK + " reviews are at work already");
    }
    var done = new CompletableFuture<Decided>();
    Thread thread =
        Thread.ofVirtual()
            .name("freshet-review-" + webhook.name())
            .start(
                () -> {
                  try {
                    done.complete(decided(review, deadline));
                  } catch (InterruptedException e) {
                    done.completeExceptionally(e);
                  } catch (RuntimeException | Error e) {
                    done.completeExceptionally(e);
                  } finally {
                    atWork.release();
                  }
                });
    try {
      return done.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return undecided(review, "no decision within " + deadline.elapsed().toMillis() + " ms");
    } catch (InterruptedException e) {
      thread.interrupt();
      throw e;
    } catch (ExecutionException e) {
      return failed(review, e.getCause());
    }
  }

  private Decided failed(Review<T> review, @Nullable Throwable cause) {
    if (cause instanceof FreshetException known) {
      return undecided(review, known.problem());
    }
    LOG.error("{} failed at {}", webhook.name(), review, cause);
    String what = cause == null ? "for no reason" : cause.getClass().getSimpleName();
    Verdict verdict = declared("the webhook failed: " + what);
    return decidedBy(review, verdict, ReviewCounts.Outcome.FAILED);
  }

  private Decided undecided(Review<T> review, String why) {
    LOG.warn("{} could not decide about {}: {}", webhook.name(), review, why);
    return decidedBy(review, declared(why), ReviewCounts.Outcome.UNDECIDED);
  }

  private Verdict declared(String why) {
    return switch (webhook.undecided()) {
      case ALLOW -> Verdict.allow().warning(webhook.name() + " allowed this unseen: " + why);
      case DENY -> Verdict.deny(UNAVAILABLE, webhook.name() + " could not decide: " + why);
    };
  }

  /** The user may try again, and clients do. */
  private static final int UNAVAILABLE = 503;

  private Decided decidedBy(Review<T> review, Verdict verdict, ReviewCounts.Outcome outcome) {
    return new Decided(verdict, outcome, Responses.of(review.request(), verdict));
  }

  private Decided decided(Review<T> review, Deadline deadline) throws InterruptedException {
    return switch (webhook.decision()) {
      case Webhook.Decision.Validates<T>(Validator<T> validator) -> {
        View view = view(review, webhook.level(), deadline);
        yield decidedBy(review, view.annotate(validator.validate(review, view)));
      }
      case Webhook.Decision.Rules<T>(ReviewRule<T> rule) ->
          decidedBy(review, rule.decide(review, level -> view(review, level, deadline)));
      case Webhook.Decision.Mutates<T>(Mutator<T> mutator) -> {
        View view = view(review, webhook.level(), deadline);
        Mutation<T> mutation = mutator.mutate(review, view);
        Mutation<T> whole = mutation.with(view.annotate(mutation.verdict()));
        yield new Decided(
            whole.verdict(),
            outcome(whole.verdict()),
            Responses.of(review.request(), webhook.kind(), whole));
      }
    };
  }

  private Decided decidedBy(Review<T> review, Verdict verdict) {
    return decidedBy(review, verdict, outcome(verdict));
  }

  private static ReviewCounts.Outcome outcome(Verdict verdict) {
    return verdict.allowed() ? ReviewCounts.Outcome.ALLOWED : ReviewCounts.Outcome.DENIED;
  }

  private View view(Review<T> review, Consistency level, Deadline deadline) {
    return new View(freshet, webhook, level, review, deadline);
  }
}
