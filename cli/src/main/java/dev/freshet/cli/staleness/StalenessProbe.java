package dev.freshet.cli.staleness;

import dev.freshet.CacheHealth;
import dev.freshet.Consistency;
import dev.freshet.Fence;
import dev.freshet.Query;
import dev.freshet.Reads;
import dev.freshet.cli.measure.Recent;
import dev.freshet.error.ApiException;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.DeadlineException;
import dev.freshet.error.FreshetException;
import dev.freshet.error.LoadBudgetExceededException;
import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Looks at one cache: asks the server how far it is, then the cache. The question is a strong list
 * of one name that no object has, so it costs the server next to nothing; its answer dates the
 * cache, as any strong read would. For one thread at a time.
 */
public final class StalenessProbe {

  /** No object can have it: names may not end in a dot. */
  private static final String NOBODY = "freshet-staleness.";

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_IN_TROUBLE = 500;

  private static final Duration ASKED_WITHIN = Duration.ofSeconds(5);

  private final String kind;
  private final Reads<?> reads;
  private final Query nobody;
  private final Supplier<CacheHealth> health;
  private final Recent<CacheHealth> looks = new Recent<>();

  /**
   * @param kind as the rows call it
   * @param reads of what the cache holds
   * @param inAllNamespaces whether that is a namespaced kind in all of them
   * @param health of the cache
   */
  public StalenessProbe(
      String kind, Reads<?> reads, boolean inAllNamespaces, Supplier<CacheHealth> health) {
    Query name = Query.field("metadata.name", NOBODY);
    this.kind = kind;
    this.reads = reads.within(ASKED_WITHIN).fence(Fence.DIRECT);
    // Without a namespace the server would look through all objects.
    this.nobody = inAllNamespaces ? name.and(Query.field("metadata.namespace", NOBODY)) : name;
    this.health = health;
  }

  /**
   * Asks the server once, to learn of what waiting will not mend. A server that is merely busy or
   * away is no failure: looks tell of it.
   *
   * @throws ApiException if it refuses to list the kind
   */
  public void requireAllowed() {
    try {
      head();
    } catch (ApiException e) {
      if (e.code() != TOO_MANY_REQUESTS && e.code() < SERVER_IN_TROUBLE) {
        throw e;
      }
    } catch (ConnectionException | DeadlineException | LoadBudgetExceededException e) {
      // What waiting may mend.
    }
  }

  /** Looks once. Takes as long as the server takes to answer, 5 s at most. */
  public Staleness look() {
    Optional<ResourceVersion> head = Optional.empty();
    String failure = "";
    try {
      head = Optional.of(head());
    } catch (FreshetException e) {
      failure = e.problem();
    }
    CacheHealth now = health.get();
    looks.add(System.nanoTime(), now);
    return new Staleness(
        kind,
        head,
        now.frontier(),
        now.behindAtMost(),
        looks.rate(CacheHealth::events),
        now.lastBookmark().map(at -> Duration.between(at, Instant.now())),
        now.objects(),
        now.bytes(),
        why(now, head, failure));
  }

  /** Looks with each at once: a server that does not answer holds them up once and not for each. */
  public static List<Staleness> lookAll(List<StalenessProbe> probes) {
    Executor each = look -> Thread.ofVirtual().name("freshet-look").start(look);
    return probes.stream()
        .map(probe -> CompletableFuture.supplyAsync(probe::look, each))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private ResourceVersion head() {
    return reads.list(nobody, Consistency.strong()).provenance().asOf();
  }

  static String why(CacheHealth now, Optional<ResourceVersion> head, String failure) {
    if (!now.alarm().isEmpty()) {
      return "ALARM: " + now.alarm();
    }
    if (now.state() != CacheHealth.State.WATCHING) {
      return now.state() + ": " + now.why();
    }
    if (head.isEmpty()) {
      return "the server does not say how far it is: " + failure;
    }
    Optional<ResourceVersion> frontier = now.frontier();
    if (frontier.isEmpty() || !frontier.get().isComparable() || !head.get().isComparable()) {
      return "versions without an order";
    }
    return frontier.get().isAtLeast(head.get())
        ? "current"
        : "waits for an event or a bookmark past " + head.get();
  }
}
