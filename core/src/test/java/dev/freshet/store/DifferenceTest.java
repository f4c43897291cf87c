package dev.freshet.store;

import static dev.freshet.store.Samples.inWords;
import static dev.freshet.store.Samples.pod;
import static dev.freshet.store.Samples.snapshotOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {

  @Test
  void isWhatCameWhatChangedAndWhatWentInKeyOrder() {
    Snapshot old = snapshotOf(10, 1, pod("b", 2), pod("c", 3), pod("d", 4), pod("z", 9));
    Snapshot next = snapshotOf(20, 1, pod("a", 15), pod("c", 3), pod("d", 14), pod("e", 16));
    assertThat(inWords(Difference.between(old, next)))
        .containsExactly(
            "+a15 at 20/1", "-b2? at 20/1", "d4>14 at 20/1", "+e16 at 20/1", "-z9? at 20/1");
  }

  @Test
  void ofTheSameNameAnotherObjectIsAGoingAndAComing() {
    Snapshot old = snapshotOf(10, 1, pod("ns", "a", "one", 5, ""));
    Snapshot next = snapshotOf(20, 1, pod("ns", "a", "two", 15, ""));
    assertThat(inWords(Difference.between(old, next)))
        .containsExactly("-a5? at 20/1", "+a15 at 20/1");
  }

  @Test
  void inOneHistoryTheVersionTellsWhetherSomethingChanged() {
    Snapshot old = snapshotOf(10, 1, pod("ns", "a", "uid", 5, "one"));
    Snapshot next = snapshotOf(20, 1, pod("ns", "a", "uid", 5, "two"));
    assertThat(Difference.between(old, next)).isEmpty();
  }

  @Test
  void inAnotherHistoryTheSameVersionMayBeAnotherState() {
    Snapshot old = snapshotOf(10, 1, pod("ns", "a", "uid", 5, "one"), pod("b", 6));
    Snapshot next = snapshotOf(8, 2, pod("ns", "a", "uid", 5, "two"), pod("b", 6));
    assertThat(inWords(Difference.between(old, next))).containsExactly("a5>5 at 8/2");
  }

  @Test
  void ofNothingAndSomethingIsAllOfIt() {
    Snapshot nothing = snapshotOf(10, 1);
    Snapshot some = snapshotOf(20, 1, pod("a", 15), pod("b", 16));
    assertThat(inWords(Difference.between(nothing, some)))
        .containsExactly("+a15 at 20/1", "+b16 at 20/1");
    assertThat(inWords(Difference.between(some, snapshotOf(30, 1))))
        .containsExactly("-a15? at 30/1", "-b16? at 30/1");
  }
}
