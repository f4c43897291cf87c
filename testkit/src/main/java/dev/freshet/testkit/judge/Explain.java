package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.EtcdEvent;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Read;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

  static String interval(long fromNanos, long toNanos) {
    return "[%,d .. %,d] µs".formatted(fromNanos / 1_000, toNanos / 1_000);
  }

  /** How the objects of a read differ from the state that etcd had. */
  static String difference(Read read, SelectionTimeline states, Map<String, EtcdEvent> expected) {
    var text = new StringBuilder();
    text.append("expected ").append(expected.size()).append(" objects, got ");
    text.append(read.answer().items().count());
    if (read.answer().items().whole()) {
      List<String> differences = differences(expected, read.answer().items().list());
      differences.stream().limit(DIFFERENCES_SHOWN).forEach(d -> text.append("\n    ").append(d));
      if (differences.size() > DIFFERENCES_SHOWN) {
        text.append("\n    and ")
            .append(differences.size() - DIFFERENCES_SHOWN)
            .append(" more differences");
      }
    }
    return text.append("\n    ").append(matching(read, states)).toString();
  }

  private static List<String> differences(Map<String, EtcdEvent> expected, List<Item> got) {
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
