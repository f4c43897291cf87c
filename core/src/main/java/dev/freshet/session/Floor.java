package dev.freshet.session;

import dev.freshet.object.ResourceVersion;

/**
 * The version that a stream must have reached before a session may read from it. Immutable; the
 * maximum of two floors is sound for both.
 *
 * @param epoch the history that {@code inEpoch} belongs to: in a later one it is void
 * @param inEpoch the version to reach in that history; {@link ResourceVersion#NONE} for none
 * @param always the version to reach in whichever history is followed; {@code NONE} for none
 */
public record Floor(int epoch, ResourceVersion inEpoch, ResourceVersion always) {

  /** The epoch of a version of which nobody knows the history. */
  public static final int UNKNOWN_EPOCH = 0;

  static final Floor NONE = new Floor(UNKNOWN_EPOCH, ResourceVersion.NONE, ResourceVersion.NONE);

  /**
   * A floor at a version.
   *
   * @param version comparable
   * @param epoch the history it belongs to, or {@link #UNKNOWN_EPOCH}
   */
  public static Floor at(ResourceVersion version, int epoch) {
    return epoch == UNKNOWN_EPOCH
        ? new Floor(UNKNOWN_EPOCH, ResourceVersion.NONE, version)
        : new Floor(epoch, version, ResourceVersion.NONE);
  }

  /** A floor in whichever history is followed. */
  public static Floor at(ResourceVersion version) {
    return at(version, UNKNOWN_EPOCH);
  }

  /** Both: the larger version of each history, and of two histories the later. */
  public Floor and(Floor other) {
    ResourceVersion both = max(always, other.always);
    if (epoch == other.epoch) {
      return new Floor(epoch, max(inEpoch, other.inEpoch), both);
    }
    Floor later = epoch > other.epoch ? this : other;
    return new Floor(later.epoch, later.inEpoch, both);
  }

  /** What must be reached in a history; {@link ResourceVersion#NONE} if nothing. */
  ResourceVersion wanted(int current) {
    return epoch < current ? always : max(inEpoch, always);
  }

  static ResourceVersion max(ResourceVersion one, ResourceVersion other) {
    if (!one.isComparable()) {
      return other;
    }
    return !other.isComparable() || one.isAtLeast(other) ? one : other;
  }
}
