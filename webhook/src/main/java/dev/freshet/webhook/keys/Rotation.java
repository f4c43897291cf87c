package dev.freshet.webhook.keys;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Which keys come next. A pure function, so that replicas that see the same come to the same.
 *
 * <p>One step at a time: a new authority is trusted first and signs later, and the one before is
 * trusted until it expires. So whoever serves the ring before, or trusts the bundle before, still
 * fits.
 *
 * @param names that the serving certificate is for
 */
record Rotation(Lifetimes lifetimes, List<String> names) {

  /** The first keys. */
  KeyRing first(Instant now) {
    Authority authority = Authority.create(now, lifetimes.authority());
    return new KeyRing(authority, Optional.empty(), Optional.empty(), serving(authority, now));
  }

  private Signed serving(Authority by, Instant now) {
    return by.serving(names, now, lifetimes.serving());
  }

  /**
   * The next keys; empty while these are good.
   *
   * @param trusted whether every API server has been told of the whole bundle of these
   */
  Optional<KeyRing> next(KeyRing now, Instant at, boolean trusted) {
    if (now.signing().self().isOver(at)) {
      // Nobody was there to replace it in time, so nothing that is served fits any more.
      return Optional.of(first(at));
    }
    Optional<Authority> settled =
        now.successor().filter(next -> trusted && isSettled(next.self(), at));
    if (settled.isPresent()) {
      Authority signing = settled.get();
      var retired = Optional.of(now.signing().self().certificate());
      return Optional.of(new KeyRing(signing, Optional.empty(), retired, serving(signing, at)));
    }
    if (now.successor().isEmpty() && now.signing().self().isDue(at)) {
      var next = Optional.of(Authority.create(at, lifetimes.authority()));
      return Optional.of(new KeyRing(now.signing(), next, now.retired(), now.serving()));
    }
    if (isDue(now, at) || !isForTheseNames(now.serving())) {
      return Optional.of(
          new KeyRing(now.signing(), now.successor(), now.retired(), serving(now.signing(), at)));
    }
    if (now.retired().filter(last -> new Signed(last, "").isOver(at)).isPresent()) {
      return Optional.of(
          new KeyRing(now.signing(), now.successor(), Optional.empty(), now.serving()));
    }
    return Optional.empty();
  }

  private boolean isSettled(Signed authority, Instant at) {
    Instant made = authority.since().plus(Authority.CLOCK_SKEW);
    return !at.isBefore(made.plus(lifetimes.settles()));
  }

  /** One that ends with its authority is as good as it can be until there is another. */
  private static boolean isDue(KeyRing now, Instant at) {
    boolean longest = now.serving().until().equals(now.signing().self().until());
    return now.serving().isDue(at) && !longest;
  }

  private boolean isForTheseNames(Signed serving) {
    return Authority.namesOf(serving)
        .map(of -> new HashSet<>(of).equals(new HashSet<>(names)))
        .orElse(false);
  }
}
