package dev.freshet.webhook.reserve;

import dev.freshet.webhook.reserve.Claim.Reservation;
import java.util.Set;

/**
 * What there is in one group: in a view, and reserved beside it. For one thread, during one
 * attempt.
 */
final class Count {

  private final Group group;
  private final int most;
  private final Set<String> there;
  private long reserved;

  /**
   * @param most how many there may be
   * @param there uids of the objects in the view
   */
  Count(Group group, int most, Set<String> there) {
    this.group = group;
    this.most = most;
    this.there = there;
  }

  boolean has(String uid) {
    return there.contains(uid);
  }

  /** Whether a reservation of this group is still needed; if so, it counts. */
  boolean counts(Reservation reservation) {
    if (has(reservation.uid())) {
      return false;
    }
    reserved++;
    return true;
  }

  boolean isFull() {
    return there.size() + reserved >= most;
  }

  void reserve() {
    reserved++;
  }

  /** Why there is no room, in words. */
  @Override
  public String toString() {
    String coming = reserved == 0 ? "" : " and " + reserved + " being created";
    return "no room in " + group + ", which has " + there.size() + coming + " of " + most;
  }
}
