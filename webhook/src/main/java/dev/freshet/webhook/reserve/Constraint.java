package dev.freshet.webhook.reserve;

import dev.freshet.Consistency;
import dev.freshet.SnapshotReads;
import dev.freshet.error.LimitExceededException;
import dev.freshet.fabric8.Freshet;
import dev.freshet.time.TimeSource;
import dev.freshet.webhook.Review;
import dev.freshet.webhook.ReviewRule;
import dev.freshet.webhook.Verdict;
import dev.freshet.webhook.View;
import dev.freshet.webhook.Views;
import dev.freshet.webhook.reserve.Claim.Reservation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * At most so many objects in each group, however many reviews are in flight at once and in however
 * many replicas. Thread-safe.
 *
 * <pre>{@code
 * Grouping<Pod> byCluster = Grouping.<Pod>byLabel("ray.io/cluster").among("ray.io/node-type=worker");
 * Webhook.deciding("ray-workers", Pod.class,
 *     Constraint.atMost(100, "ray-workers", Pod.class, byCluster)
 *         .claimedIn(Claims.configMaps(freshet, "ray-system"))
 *         .on(freshet));
 * }</pre>
 *
 * <p>A review is admitted only with a reservation, which counts until its object is seen. A later
 * webhook may still refuse the object, which nobody tells us, so a reservation also ends when the
 * request must have ended and a strong view shows that nothing was stored; until then it takes a
 * place. Dry runs reserve nothing.
 *
 * <p>The steps are in this order, and all over again if the claim was changed meanwhile: read the
 * claim; then pin a strong view; count what is there and what is reserved; swap the claim. (With
 * the view pinned first, an object may be stored after it, be seen by another replica that ends its
 * reservation, and be found by us in neither.)
 *
 * <p>It needs a declared cache of the kind, whatever the level of its webhook, and costs a fence
 * and what its {@link Claims} cost for all reviews of a bucket that come together.
 */
public final class Constraint<T extends HasMetadata> implements ReviewRule<T> {

  /** Groups share this many claims by chance, so that these do not grow with the groups. */
  public static final int BUCKETS = 64;

  /** Reservations in one bucket; one more is refused until some have ended. */
  public static final int MAX_RESERVATIONS = 5_000;

  /** How often a review begins again because others were first; its deadline usually is earlier. */
  private static final int MAX_ATTEMPTS = 1_000;

  private static final int TOO_MANY_REQUESTS = 429;

  /** 80 bits, so that groups do not meet by chance. */
  private static final int HASH_BYTES = 10;

  private final Limit<T> limit;
  private final Claims claims;
  private final TimeSource time;
  private final Reserved<T> reserved;
  private final List<Turns<Applicant>> turns = new ArrayList<>();

  private Constraint(Limit<T> limit, Claims claims, TimeSource time) {
    this.limit = limit;
    this.claims = claims;
    this.time = time;
    this.reserved = new Reserved<>(limit.grouping(), time);
    for (int i = 0; i < BUCKETS; i++) {
      turns.add(new Turns<>());
    }
  }

  /**
   * What is limited. Immutable.
   *
   * @param name of the constraint, in its refusals and its claims: lower-case letters, digits and
   *     dashes
   * @param most how many objects each group may have
   * @param holds how long a reservation holds whose object is not seen
   */
  public record Limit<T extends HasMetadata>(
      String name,
      Class<T> kind,
      Grouping<T> grouping,
      ToIntFunction<Group> most,
      Claims claims,
      Duration holds) {

    /** The longest that an API server takes for a request unless told otherwise. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    /** For clocks that differ between replicas, and a write that is under way at the timeout. */
    public static final Duration MARGIN = Duration.ofSeconds(30);

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");

    public Limit {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a constraint's name has 1 to 40 lower-case letters, digits and dashes, not \""
                + name
                + "\"");
      }
    }

    /** The same with its reservations there; in memory unless said, which is for one replica. */
    public Limit<T> claimedIn(Claims other) {
      return new Limit<>(name, kind, grouping, most, other, holds);
    }

    /**
     * The same for API servers whose {@code --request-timeout} is this; {@link #REQUEST_TIMEOUT}
     * unless said, and {@link #MARGIN} is added. Less than the truth admits too many.
     */
    public Limit<T> requestTimeout(Duration timeout) {
      return new Limit<>(name, kind, grouping, most, claims, timeout.plus(MARGIN));
    }

    /**
     * The constraint itself. Its memory of what it reserved follows the cache until that closes.
     */
    public Constraint<T> on(Freshet freshet) {
      var constraint = new Constraint<>(this, claims, TimeSource.system());
      var unused =
          freshet.reads(kind).as(name).onEvent(change -> constraint.reserved.shown(change.row()));
      return constraint;
    }
  }

  /** At most so many objects in each group, by group. */
  public static <T extends HasMetadata> Limit<T> atMost(
      ToIntFunction<Group> most, String name, Class<T> kind, Grouping<T> grouping) {
    Duration holds = Limit.REQUEST_TIMEOUT.plus(Limit.MARGIN);
    return new Limit<>(name, kind, grouping, most, Claims.inMemory(), holds);
  }

  /** At most so many objects in every group. */
  public static <T extends HasMetadata> Limit<T> atMost(
      int most, String name, Class<T> kind, Grouping<T> grouping) {
    return atMost(group -> most, name, kind, grouping);
  }

  /** Each value of the grouping is used by one object at most. */
  public static <T extends HasMetadata> Limit<T> unique(
      String name, Class<T> kind, Grouping<T> grouping) {
    return atMost(1, name, kind, grouping);
  }

  @Override
  public Verdict decide(Review<T> review, Views views) throws InterruptedException {
    Optional<T> object = review.object();
    if (object.isEmpty() || !review.subResource().isEmpty()) {
      return Verdict.allow();
    }
    Optional<Group> group = limit.grouping().groupOf(review.namespace(), object.get());
    if (group.isEmpty() || group.equals(groupBefore(review))) {
      return Verdict.allow();
    }
    String uid = object.get().getMetadata().getUid();
    if (uid == null || uid.isEmpty()) {
      return Verdict.deny(
          limit.name() + " needs the uid of the object: register it as a validating webhook");
    }
    var mine = new Applicant(group.get(), uid, review.isDryRun(), views);
    int bucket = bucketOf(mine.hash());
    turns.get(bucket).decide(mine, together -> decideTogether(bucket, together));
    return mine.verdict();
  }

  /** Where the object is counted already. */
  private Optional<Group> groupBefore(Review<T> review) {
    return review.oldObject().flatMap(old -> limit.grouping().groupOf(review.namespace(), old));
  }

  private void decideTogether(int bucket, List<Applicant> applicants) throws InterruptedException {
    String claimed = limit.name() + "-" + bucket;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Claim claim = claims.read(claimed);
      long now = time.wallMillis();
      List<Reservation> open = stillOpen(claim, now);
      View view = applicants.getFirst().views().pin(Consistency.strong());
      Map<String, Count> counts = counts(view, applicants);
      open.removeIf(one -> counts.containsKey(one.group()) && !counts.get(one.group()).counts(one));
      Set<Reservation> granted = new LinkedHashSet<>();
      List<Verdict> verdicts = new ArrayList<>();
      for (Applicant one : applicants) {
        verdicts.add(view.annotate(decide(one, counts, open, granted, now)));
      }
      if (granted.isEmpty() || swapped(claimed, claim, open, granted)) {
        for (int i = 0; i < applicants.size(); i++) {
          applicants.get(i).decide(verdicts.get(i));
        }
        return;
      }
    }
    throw new LimitExceededException(
        "other replicas were first " + MAX_ATTEMPTS + " times", "Let fewer replicas review.");
  }

  private Map<String, Count> counts(View view, List<Applicant> applicants) {
    Map<String, Count> counts = new HashMap<>();
    for (Applicant one : applicants) {
      counts.computeIfAbsent(
          one.hash(),
          unused ->
              new Count(
                  one.group(), limit.most().applyAsInt(one.group()), members(view, one.group())));
    }
    return counts;
  }

  /**
   * Decides about one.
   *
   * @param open the reservations so far; takes that of this one
   * @param granted those of this attempt; likewise
   */
  private Verdict decide(
      Applicant one,
      Map<String, Count> counts,
      List<Reservation> open,
      Set<Reservation> granted,
      long now) {
    Count count = Objects.requireNonNull(counts.get(one.hash()));
    boolean hasPlace =
        count.has(one.uid())
            || open.stream().anyMatch(place -> isFor(place, one.hash(), one.uid()));
    if (hasPlace) {
      return Verdict.allow();
    }
    if (count.isFull()) {
      return Verdict.deny(limit.name() + ": " + count);
    }
    if (one.isDryRun()) {
      return Verdict.allow();
    }
    if (open.size() >= MAX_RESERVATIONS) {
      return Verdict.deny(
          TOO_MANY_REQUESTS,
          limit.name() + ": more than " + MAX_RESERVATIONS + " objects are being created at once");
    }
    Reservation mine = new Reservation(one.hash(), one.uid(), now + limit.holds().toMillis());
    open.add(mine);
    granted.add(mine);
    count.reserve();
    return Verdict.allow();
  }

  private boolean swapped(
      String bucket, Claim before, List<Reservation> now, Set<Reservation> granted)
      throws InterruptedException {
    if (!claims.swap(bucket, before, now)) {
      return false;
    }
    granted.forEach(reserved::add);
    Set<Reservation> kept = new HashSet<>(now);
    before.reservations().stream().filter(one -> !kept.contains(one)).forEach(reserved::ended);
    return true;
  }

  /**
   * Reservations whose object may still be stored. What had ended before this is in every view that
   * is pinned afterwards, or was deleted, or is never stored.
   */
  private List<Reservation> stillOpen(Claim claim, long now) {
    List<Reservation> open = new ArrayList<>();
    for (Reservation one : claim.reservations()) {
      if (one.untilMillis() > now && !reserved.wasSeen(one)) {
        open.add(one);
      }
    }
    return open;
  }

  private Set<String> members(View view, Group group) {
    SnapshotReads<T> all = view.reads(limit.kind());
    SnapshotReads<T> reads = group.namespace().isEmpty() ? all : all.inNamespace(group.namespace());
    Set<String> uids = new HashSet<>();
    reads.list(limit.grouping().members(group)).rows().stream()
        .filter(limit.grouping()::counts)
        .forEach(row -> uids.add(row.uid()));
    return uids;
  }

  private static boolean isFor(Reservation one, String group, String uid) {
    return one.group().equals(group) && one.uid().equals(uid);
  }

  /** The same in every process, which a hashCode is not. */
  private static int bucketOf(String hash) {
    return Integer.parseInt(hash.substring(0, 2), 16) % BUCKETS;
  }

  /** A group in a claim: short, and without what its value may contain. */
  static String hash(Group group) {
    String text = group.namespace() + "/" + group.value();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
