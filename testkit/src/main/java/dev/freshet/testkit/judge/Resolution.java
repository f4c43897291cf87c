package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Outcome;
import dev.freshet.testkit.history.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which event of etcd each write made, and whether its outcome was told truly.
 *
 * <p>An acknowledged write must be there with its content; one that was refused must not, which
 * also exposes a hidden second try that turned a success into a conflict; one of unknown outcome is
 * there or not, and if it is, nobody knows when it ended. An acknowledged put that repeats what was
 * there already made no event: it is a read of its object.
 */
final class Resolution {
  /** A write with the event that it made. */
  record Made(Write write, EtcdEvent event) {
    /** Whether its client learnt of the event, so that others may rely on it from then on. */
    boolean acknowledged() {
      return write.outcome() instanceof Outcome.Done;
    }
  }

  private final Trial trial;
  private final Findings findings;
  private final List<Made> made = new ArrayList<>();
  private final List<Made> repeats = new ArrayList<>();
  private final IdentityHashMap<EtcdEvent, Write> authors = new IdentityHashMap<>();
  private final IdentityHashMap<Write, EtcdEvent> events = new IdentityHashMap<>();
  private final Map<String, EtcdEvent> byTag = new HashMap<>();

  private Resolution(Trial trial, Findings findings) {
    this.trial = trial;
    this.findings = findings;
  }

  static Resolution of(Trial trial, boolean noStrangers, Findings findings) {
    var resolution = new Resolution(trial, findings);
    resolution.indexTags();
    List<Write> writes = trial.writes();
    for (Write write : writes) {
      resolution.resolve(write);
    }
    for (Write write : writes) {
      // Of a deletion nobody can tell whether a stranger was quicker, as the end of a lease is.
      if (write.verb() == Write.Verb.PUT || noStrangers) {
        resolution.checkRefused(write);
      }
    }
    if (noStrangers) {
      resolution.checkStrangers();
    }
    return resolution;
  }

  /** Every write that made an event, acknowledged or not. */
  List<Made> made() {
    return made;
  }

  /** Every acknowledged put that made no event, with the one whose content it repeats. */
  List<Made> repeats() {
    return repeats;
  }

  /** The event of a write whose client learnt of it: what its session has to see from then on. */
  Optional<EtcdEvent> acknowledged(Write write) {
    return write.outcome() instanceof Outcome.Done
        ? Optional.ofNullable(events.get(write))
        : Optional.empty();
  }

  private void indexTags() {
    for (EtcdEvent event : trial.epoch().events()) {
      if (!event.tag().isEmpty()) {
        // A later event with the same tag is a change by somebody who does not tag.
        byTag.putIfAbsent(tagged(event.collection(), event.key(), event.tag()), event);
      }
    }
  }

  private static String tagged(String collection, String key, String tag) {
    return collection + ' ' + key + ' ' + tag;
  }

  private Optional<EtcdEvent> find(Write write) {
    return switch (write.verb()) {
      case PUT ->
          Optional.ofNullable(byTag.get(tagged(write.collection(), write.key(), write.tag())));
      case DELETE ->
          trial.timeline(write.collection()).eventsOf(write.key()).stream()
              .filter(event -> event.deleted() && event.uid().equals(write.uid()))
              .findFirst();
    };
  }

  private void resolve(Write write) {
    switch (write.outcome()) {
      case Outcome.Done done -> {
        switch (write.verb()) {
          case PUT -> acknowledgedPut(write, done.rv());
          case DELETE -> acknowledgedDelete(write);
        }
      }
      case Outcome.Unknown unknown -> find(write).ifPresent(event -> credit(write, event));
      case Outcome.Refused refused -> {}
    }
  }

  private void acknowledgedPut(Write write, long rv) {
    Optional<EtcdEvent> at = trial.timeline(write.collection()).eventAt(write.key(), rv);
    if (at.isEmpty() || at.get().deleted() || !at.get().tag().equals(write.tag())) {
      findings.add(
          Rule.OUTCOME,
          () ->
              Explain.write(write)
                  + "\n    was acknowledged at rv "
                  + rv
                  + ", where etcd has "
                  + at.map(Explain::event).orElse("no event of this key")
                  + find(write).map(event -> "; its tag is in " + Explain.event(event)).orElse(""),
          write);
      return;
    }
    EtcdEvent event = at.get();
    if (!write.uid().isEmpty() && !write.uid().equals(event.uid())) {
      findings.add(
          Rule.OUTCOME,
          () ->
              Explain.write(write)
                  + "\n    was answered with uid "
                  + write.uid()
                  + ", but etcd has "
                  + Explain.event(event),
          write);
      return;
    }
    if (event.rv() <= trial.epoch().baseRv() || authors.containsKey(event)) {
      repeats.add(new Made(write, event));
    } else {
      credit(write, event);
    }
  }

  private void acknowledgedDelete(Write write) {
    Optional<EtcdEvent> event = find(write);
    if (event.isEmpty()) {
      findings.add(
          Rule.OUTCOME,
          () ->
              Explain.write(write)
                  + "\n    was acknowledged, but etcd never deleted uid "
                  + write.uid()
                  + " at this key",
          write);
      return;
    }
    Write other = authors.get(event.get());
    if (other != null && other.outcome() instanceof Outcome.Done) {
      findings.add(
          Rule.OUTCOME,
          () ->
              Explain.write(write)
                  + "\n    was acknowledged, and so was "
                  + Explain.write(other)
                  + "\n    but etcd deleted this uid only once, at rv "
                  + event.get().rv(),
          write,
          other);
      return;
    }
    credit(write, event.get());
  }

  private void credit(Write write, EtcdEvent event) {
    Write other = authors.putIfAbsent(event, write);
    // Of an unknown delete and an acknowledged one, the latter was it.
    if (other != null && write.outcome() instanceof Outcome.Done) {
      authors.put(event, write);
      events.remove(other);
      made.removeIf(m -> m.write().id() == other.id());
    } else if (other != null) {
      return;
    }
    events.put(write, event);
    made.add(new Made(write, event));
  }

  private void checkRefused(Write write) {
    if (!(write.outcome() instanceof Outcome.Refused refused)) {
      return;
    }
    Optional<EtcdEvent> event = find(write);
    if (event.isPresent() && !authors.containsKey(event.get())) {
      findings.add(
          Rule.OUTCOME,
          () ->
              Explain.write(write)
                  + "\n    was refused ("
                  + refused.why()
                  + "), but etcd has "
                  + Explain.event(event.get()),
          write);
    }
  }

  private void checkStrangers() {
    for (EtcdEvent event : trial.epoch().events()) {
      if (!authors.containsKey(event)) {
        findings.add(
            Rule.OUTCOME, () -> "no recorded write made " + Explain.event(event) + " in etcd");
      }
    }
  }
}
