package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Adopted;
import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Minted;
import dev.freshet.testkit.history.Operation;
import dev.freshet.testkit.history.Outcome;
import dev.freshet.testkit.history.Read;
import dev.freshet.testkit.history.Saw;
import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Words for violations: which read, and how its objects differ from etcd's. */
final class Explain {
  private static final int DIFFERENCES_SHOWN = 5;

  private Explain() {}

  /** A read in one line. */
  static String read(Read read) {
    Answer answer = read.answer();
    return "read #%d by %s (%s) of %s, %s, via %s from cache %s, epoch %d, asOf %s, %s"
        .formatted(
            read.id(),
            read.caller().client(),
            read.caller().session(),
            read.query(),
            read.level(),
            answer.route(),
            read.caller().cache(),
            answer.epoch(),
            answer.asOf() == Answer.UNKNOWN ? "unknown" : answer.asOf(),
            interval(read.invokedNanos(), read.returnedNanos()));
  }

  /** A write in one line. */
  static String write(Write write) {
    return "write #%d by %s (%s): %s %s %s%s, %s, %s"
        .formatted(
            write.id(),
            write.caller().client(),
            write.caller().session(),
            write.verb().name().toLowerCase(Locale.ROOT),
            write.collection(),
            write.key(),
            write.verb() == Write.Verb.PUT ? " tag " + write.tag() : " uid " + write.uid(),
            outcome(write.outcome()),
            interval(write.invokedNanos(), write.returnedNanos()));
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> "done at rv " + (done.rv() == Answer.UNKNOWN ? "?" : done.rv());
      case Outcome.Refused refused -> "refused";
      case Outcome.Unknown unknown -> "of unknown outcome";
    };
  }

  /** An event of etcd in a few words. */
  static String event(EtcdEvent event) {
    return (event.deleted() ? "the deletion of " : "")
        + event.key()
        + " at rv "
        + event.rv()
        + (event.deleted() ? " (uid " + event.uid() + ")" : " (tag " + event.tag() + ")");
  }

  /** Who knew of a version, and how long before a moment. */
  static String known(Knowledge.Sighting known, long nanos) {
    return "was known to be committed %,d µs before this began: %s"
        .formatted(
            (nanos - known.nanos()) / 1_000,
            known
                .by()
                .map(by -> "rv " + known.rv() + " was shown to " + operation(by))
                .orElse("the referee had seen rv " + known.rv()));
  }

  /** Any operation in one line. */
  static String operation(Operation operation) {
    return switch (operation) {
      case Read read -> read(read);
      case Write write -> write(write);
      case Saw saw ->
          "sight #%d of %s rv %d by %s"
              .formatted(saw.id(), saw.collection(), saw.rv(), saw.caller().session());
      case Minted minted ->
          "token %s made by %s".formatted(minted.token(), minted.caller().session());
      case Adopted adopted ->
          "token %s taken by %s".formatted(adopted.token(), adopted.caller().session());
      case Watched watched -> stream(watched);
    };
  }

  /** A stream in one line. */
  static String stream(Watched stream) {
    return "stream #%d of %s (%s) from rv %d, %s"
        .formatted(
            stream.id(),
            stream.query(),
            stream.caller().client(),
            stream.fromRv(),
            interval(stream.invokedNanos(), stream.returnedNanos()));
  }

  /** How much else an answer lacks beside the event that was named. */
  static String more(int events, long upToRv) {
    return events <= 1
        ? ""
        : "\n    in all %,d later events up to rv %d exist".formatted(events, upToRv);
  }

  static String interval(long fromNanos, long toNanos) {
    return "[%,d .. %,d] µs".formatted(fromNanos / 1_000, toNanos / 1_000);
  }

  /** How the objects of a read differ from the state that etcd had. */
  static String difference(Read read, SelectionTimeline states, Map<String, EtcdEvent> expected) {
    var text = new StringBuilder();
    text.append("expected ").append(expected.size()).append(" objects, got ");
    text.append(read.answer().items().count());
    if (read.answer().items().whole()) {
      text.append(differences(expected, read.answer().items().list()));
    }
    return text.append("\n    ").append(matching(read, states)).toString();
  }

  /** The first objects that are not as expected, each on a line. */
  static String differences(Map<String, EtcdEvent> expected, Collection<Item> got) {
    List<String> all = allDifferences(expected, got);
    String shown =
        all.stream()
            .limit(DIFFERENCES_SHOWN)
            .map(difference -> "\n    " + difference)
            .collect(Collectors.joining());
    int more = all.size() - DIFFERENCES_SHOWN;
    return more <= 0 ? shown : shown + "\n    and " + more + " more differences";
  }

  private static List<String> allDifferences(
      Map<String, EtcdEvent> expected, Collection<Item> got) {
    var byKey = new LinkedHashMap<String, Item>();
    var differences = new ArrayList<String>();
    for (Item item : got) {
      if (byKey.put(item.key(), item) != null) {
        differences.add(item.key() + " is there twice");
      }
    }
    expected.forEach(
        (key, event) -> {
          Item item = byKey.remove(key);
          if (item == null) {
            differences.add(key + " is missing: " + item(event.item()));
          } else if (!sameObject(event.item(), item)) {
            differences.add(
                key + " differs: expected " + item(event.item()) + ", got " + item(item));
          }
        });
    byKey.values().forEach(item -> differences.add(item.key() + " is too much: " + item(item)));
    return differences;
  }

  private static boolean sameObject(Item expected, Item got) {
    return expected.uid().equals(got.uid())
        && expected.rv() == got.rv()
        && expected.tag().equals(got.tag());
  }

  private static String item(Item item) {
    return "uid " + item.uid() + " rv " + item.rv() + " tag " + item.tag();
  }

  /** Which states the answer would have been right for: the quickest hint at the cause. */
  private static String matching(Read read, SelectionTimeline states) {
    var ranges = new ArrayList<String>();
    for (int state = states.states() - 1; state >= 0 && ranges.size() < 3; state--) {
      if (states.is(state, read.answer().items())) {
        long upTo = states.upTo(state);
        ranges.add(
            "rv %d to %s".formatted(states.from(state), upTo == Long.MAX_VALUE ? "the end" : upTo));
      }
    }
    return ranges.isEmpty()
        ? "the answer is the state at no version at all: torn, or an object is wrong"
        : ranges.stream().collect(Collectors.joining(", ", "the answer is the state of ", ""));
  }
}
