package dev.freshet.testkit.judge;

import dev.freshet.testkit.history.Watched;
import dev.freshet.testkit.history.Watched.Delivery;
import dev.freshet.testkit.history.Watched.Kind;
import java.util.BitSet;
import java.util.List;

/** Compares a stream that may leave nothing out with the perfect one. */
final class WholeStream {
  private final Watched stream;
  private final Timeline timeline;
  private final Findings findings;
  private final ExpectedStream expected;
  private final BitSet told = new BitSet();
  private long lastRv;
  private long bookmarkRv;

  WholeStream(Watched stream, Timeline timeline, Findings findings) {
    this.stream = stream;
    this.timeline = timeline;
    this.findings = findings;
    this.expected = new ExpectedStream(stream, timeline);
    this.lastRv = stream.fromRv();
    this.bookmarkRv = stream.fromRv();
  }

  void check() {
    for (Delivery delivery : stream.deliveries()) {
      if (delivery.rv() < lastRv) {
        violation(
            delivery.rv() <= stream.fromRv() ? Rule.RESUMABLE : Rule.ORDERED,
            delivery,
            "came after rv " + lastRv);
      }
      if (delivery.kind() == Kind.BOOKMARK) {
        bookmarkRv = Math.max(bookmarkRv, delivery.rv());
      } else {
        checkChange(delivery);
      }
      lastRv = Math.max(lastRv, delivery.rv());
    }
    checkNothingIsMissing();
  }

  private void checkChange(Delivery delivery) {
    var index = expected.indexOf(delivery);
    if (index.isEmpty()) {
      unexpected(delivery);
      return;
    }
    if (told.get(index.get())) {
      violation(Rule.UNIQUE, delivery, "came twice");
      return;
    }
    told.set(index.get());
    Delivery right = expected.deliveries().get(index.get());
    if (!ExpectedStream.agree(right, delivery)) {
      violation(Rule.RELIABLE, delivery, "should be " + text(right));
    }
    if (delivery.rv() <= bookmarkRv && bookmarkRv > stream.fromRv()) {
      violation(Rule.BOOKMARKABLE, delivery, "came after the bookmark of rv " + bookmarkRv);
    }
  }

  private void unexpected(Delivery delivery) {
    var event = timeline.eventAt(delivery.key(), delivery.rv());
    if (event.isEmpty()) {
      violation(Rule.RELIABLE, delivery, "never happened: etcd has no such event");
    } else if (delivery.rv() <= stream.fromRv()) {
      violation(Rule.RESUMABLE, delivery, "lies before the stream's first version");
    } else {
      violation(Rule.FILTERED, delivery, "is of an object that was not selected");
    }
  }

  /**
   * Everything up to the last version, less the last one itself, of whose events a stream may have
   * been cut off, unless a bookmark vouches for it.
   */
  private void checkNothingIsMissing() {
    long completeUpTo = Math.max(bookmarkRv, lastRv - 1);
    List<Delivery> all = expected.deliveries();
    int first = told.nextSetBit(0);
    for (int i = told.nextClearBit(0);
        i < all.size() && all.get(i).rv() <= completeUpTo;
        i = told.nextClearBit(i + 1)) {
      boolean atBeginning = !stream.listed() && (first < 0 || i < first);
      boolean onlyBookmark = all.get(i).rv() > lastChangeRv();
      violation(
          onlyBookmark ? Rule.BOOKMARKABLE : atBeginning ? Rule.RESUMABLE : Rule.RELIABLE,
          all.get(i),
          "is missing, though the stream came to rv " + lastRv);
    }
  }

  private long lastChangeRv() {
    int last = told.length() - 1;
    return last < 0 ? stream.fromRv() : expected.deliveries().get(last).rv();
  }

  private void violation(Rule rule, Delivery delivery, String what) {
    findings.add(
        rule, () -> Explain.stream(stream) + "\n    " + text(delivery) + " " + what, stream);
  }

  static String text(Delivery delivery) {
    return delivery.kind() == Kind.BOOKMARK
        ? "BOOKMARK rv " + delivery.rv()
        : "%s %s uid %s rv %d tag %s"
            .formatted(
                delivery.kind(), delivery.key(), delivery.uid(), delivery.rv(), delivery.tag());
  }
}
