package dev.freshet.cli;

import dev.freshet.CacheHealth;
import dev.freshet.Subscription;
import dev.freshet.cli.output.EventPrinter;
import dev.freshet.fabric8.Freshet;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Tells on standard error what a feed does when it is not simply following. For one thread. */
final class FeedNotes {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final Freshet freshet;
  private final Console console;
  private boolean isOut;
  private String lastWhy = "";
  private String lastAlarm = "";

  FeedNotes(Freshet freshet, Console console) {
    this.freshet = freshet;
    this.console = console;
  }

  /** Goes on until something is over; what is printed meanwhile never waits long in a buffer. */
  void tellUntil(BooleanSupplier over, EventPrinter printer, Subscription subscription) {
    long failures = 0;
    while (!over.getAsBoolean()) {
      freshet.health().forEach(this::tell);
      var health = subscription.health();
      if (health.failures() > failures) {
        failures = health.failures();
        String last = health.lastFailure().map(Throwable::toString).orElse("");
        console.warn("an event could not be printed: " + last, "The next ones are printed.");
      }
      if (health.queued() == 0) {
        printer.flush();
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private void tell(CacheHealth health) {
    switch (health.state()) {
      case RETRYING, OVER_LIMIT -> {
        if (!health.why().equals(lastWhy)) {
          console.warn(health.why(), "Tries again; what changes meanwhile is printed then.");
          lastWhy = health.why();
        }
        isOut = true;
      }
      case WATCHING -> {
        if (isOut) {
          console.err().println("follows " + health.type() + " again");
        }
        isOut = false;
        lastWhy = "";
      }
      case STARTING, LISTING, CLOSED -> {}
    }
    if (!health.alarm().equals(lastAlarm)) {
      lastAlarm = health.alarm();
      if (!lastAlarm.isEmpty()) {
        console.warn(
            lastAlarm, "A complete list is read; what is printed until then may be wrong.");
      }
    }
  }
}
