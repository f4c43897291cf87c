package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEpoch;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.history.Saw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Since when each version of etcd is known to have been committed: F of the rules, turned round.
 *
 * <p>A version has been committed when somebody was shown it or a later one: the client of an
 * acknowledged write, any reader, or the referee. All kinds count, since one etcd counts all their
 * versions in one order. A state in which an event is missing although its commit was known before
 * the read began is not the newest one; that the whole list was asked for is no matter.
 */
final class Knowledge {
  /**
   * Somebody was shown a version.
   *
   * @param by who; empty for the referee
   */
  record Sighting(long rv, long nanos, Optional<Operation> by) {}

  private static final Sighting NEVER =
      new Sighting(Long.MAX_VALUE, Long.MAX_VALUE, Optional.empty());

  private final long[] rvs;
  private final Sighting[] earliest;

  private Knowledge(List<Sighting> sightings) {
    sightings.sort(Comparator.comparingLong(Sighting::rv));
    rvs = sightings.stream().mapToLong(Sighting::rv).toArray();
    earliest = new Sighting[rvs.length];
    Sighting best = NEVER;
    for (int i = rvs.length - 1; i >= 0; i--) {
      if (sightings.get(i).nanos() < best.nanos()) {
        best = sightings.get(i);
      }
      earliest[i] = best;
    }
  }

  static Knowledge of(EtcdEpoch epoch, List<Operation> operations, Resolution resolution) {
    var sightings = new ArrayList<Sighting>(operations.size() + epoch.events().size());
    for (EtcdEvent event : epoch.events()) {
      if (event.seenNanos() != EtcdEvent.UNSEEN_NANOS) {
        sightings.add(new Sighting(event.rv(), event.seenNanos(), Optional.empty()));
      }
    }
    for (Resolution.Made made : resolution.made()) {
      if (made.acknowledged()) {
        sightings.add(sighting(made.event().rv(), made.write()));
      }
    }
    for (Operation operation : operations) {
      if (operation instanceof Read read && read.answer().asOf() != Answer.UNKNOWN) {
        sightings.add(sighting(read.answer().asOf(), read));
      } else if (operation instanceof Saw saw) {
        sightings.add(sighting(saw.rv(), saw));
      }
    }
    return new Knowledge(sightings);
  }

  private static Sighting sighting(long rv, Operation operation) {
    return new Sighting(rv, operation.returnedNanos(), Optional.of(operation));
  }

  /** The earliest proof that a version had been committed; at the end of time if there is none. */
  Sighting of(long rv) {
    int index = Arrays.binarySearch(rvs, rv);
    if (index < 0) {
      index = -index - 1;
    }
    while (index > 0 && rvs[index - 1] == rv) {
      index--;
    }
    return index == rvs.length ? NEVER : earliest[index];
  }
}
