package dev.freshet.webhook.reserve;

import java.util.List;

/**
 * The reservations in one bucket, as somebody read them. Immutable.
 *
 * @param version what a swap must still find
 * @param reservations of objects that may not be stored yet
 */
public record Claim(String version, List<Reservation> reservations) {

  /** The version of a claim that nobody has made yet. */
  public static final String NONE = "";

  static final Claim NOTHING = new Claim(NONE, List.of());

  public Claim {
    reservations = List.copyOf(reservations);
  }

  /**
   * A place kept for one object.
   *
   * @param group a hash of the group that it is kept in
   * @param uid of the object, which it has before it is stored
   * @param untilMillis when the request that was to store it has surely ended, in milliseconds
   *     since 1970
   */
  public record Reservation(String group, String uid, long untilMillis) {}
}
