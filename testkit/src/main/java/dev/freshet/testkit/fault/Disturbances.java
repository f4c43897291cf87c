package dev.freshet.testkit.fault;

import dev.freshet.testkit.TestkitException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults in force at a {@link RequestProxy}; the one added last goes first. Thread-safe. */
final class Disturbances {
  /** Faults that may be in force at once. */
  static final int MAX = 100;

  private final List<Disturbance> inForce = new CopyOnWriteArrayList<>();

  void add(Disturbance disturbance) {
    if (inForce.size() >= MAX) {
      throw new TestkitException(MAX + " disturbances are in force already. Lift some.");
    }
    inForce.addFirst(disturbance);
  }

  void remove(Disturbance disturbance) {
    inForce.remove(disturbance);
  }

  /** What happens to a request that has just come, apart from being held. */
  Optional<Fault> fallOn(Request request) {
    for (Disturbance disturbance : inForce) {
      boolean falls = disturbance.falls(request);
      if (falls && !(disturbance.fault() instanceof Fault.Hold)) {
        return Optional.of(disturbance.fault());
      }
    }
    return Optional.empty();
  }

  boolean hold(Request request) {
    return inForce.stream()
        .anyMatch(each -> each.fault() instanceof Fault.Hold && each.concerns(request));
  }
}
