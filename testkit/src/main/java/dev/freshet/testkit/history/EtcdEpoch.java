package dev.freshet.testkit.history;

import java.util.List;

/**
 * One uninterrupted history of etcd.
 *
 * @param baseRv the revision at which it was read for the first time
 * @param base what was there then, as events of versions up to {@code baseRv}
 * @param events everything after, in etcd's order
 * @param lastRv everything up to this revision is in {@code events}
 * @param beganNanos when it surely ran; operations before belong to the epoch before, or to none
 * @param endedNanos until when it surely ran; {@link #NEVER} for the last one
 */
public record EtcdEpoch(
    long baseRv,
    List<EtcdEvent> base,
    List<EtcdEvent> events,
    long lastRv,
    long beganNanos,
    long endedNanos) {
  /** The end of an epoch that has not ended. */
  public static final long NEVER = Long.MAX_VALUE;

  public EtcdEpoch {
    base = List.copyOf(base);
    events = List.copyOf(events);
  }
}
