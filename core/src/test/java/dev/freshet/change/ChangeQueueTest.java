package dev.freshet.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.scripted.VirtualTime;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import dev.freshet.store.StoredChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeQueueTest {

  private final VirtualTime time = new VirtualTime();
  private final Store store = new Store();

  private static StoredObject pod(String name, String uid, int version) {
    return new StoredObject(
        new ObjectKey("ns", name),
        uid,
        new ResourceVersion(Integer.toString(version)),
        Labels.of(Map.of()),
        null,
        Body.of(new byte[0], Body.Encoding.JSON));
  }

  private static StoredObject pod(String name, int version) {
    return pod(name, "uid-" + name, version);
  }

  private ChangeQueue listening(int capacity) {
    ChangeQueue queue = new ChangeQueue(capacity, time);
    store.listen(queue);
    return queue;
  }

  private void list(int version, StoredObject... objects) {
    store.replace(List.of(objects), new ResourceVersion("" + version), 1);
  }

  private void put(StoredObject object) {
    store.put(object);
    store.advance(object.resourceVersion());
    store.publish();
  }

  private void remove(StoredObject last) {
    store.remove(last);
    store.advance(last.resourceVersion());
    store.publish();
  }

  /** What waits, each in a few words. */
  private static List<String> drain(ChangeQueue queue) throws InterruptedException {
    List<String> told = new ArrayList<>();
    while (queue.level().waiting() > 0) {
      told.add(describe(queue.take().orElseThrow()));
    }
    return told;
  }

  private static String describe(QueuedChange item) {
    return switch (item) {
      case QueuedChange.Held held -> "held " + names(held.snapshot());
      case QueuedChange.Changed changed ->
          describe(changed.change()) + (changed.standsFor() == 1 ? "" : " x" + changed.standsFor());
    };
  }

  private static List<String> names(Snapshot snapshot) {
    List<String> names = new ArrayList<>();
    snapshot.forEach(object -> names.add(object.key().name()));
    return names;
  }

  private static String describe(StoredChange change) {
    return switch (change) {
      case StoredChange.Added added -> "+" + describe(added.now());
      case StoredChange.Updated updated ->
          describe(updated.before()) + ">" + updated.now().resourceVersion();
      case StoredChange.Deleted deleted ->
          "-" + describe(deleted.last()) + (deleted.finalStateUnknown() ? "?" : "");
    };
  }

  private static String describe(StoredObject object) {
    return object.key().name() + object.resourceVersion();
  }

  @Test
  void beginsWithWhatIsHeldAndGoesOnWithEachChange() throws Exception {
    list(10, pod("a", 5));
    ChangeQueue queue = listening(10);
    put(pod("b", 11));
    put(pod("a", 12));
    remove(pod("b", 13));
    assertThat(drain(queue)).containsExactly("held [a]", "+b11", "a5>12", "-b13");
  }

  @Test
  void aListThatComesLaterIsWhereItBegins() throws Exception {
    ChangeQueue queue = listening(10);
    assertThat(queue.level().waiting()).isZero();
    list(10, pod("a", 5));
    assertThat(drain(queue)).containsExactly("held [a]");
  }

  @Test
  void whatIsNotPublishedYetIsNotTold() throws Exception {
    list(10, pod("a", 5));
    ChangeQueue queue = listening(10);
    store.put(pod("b", 11));
    assertThat(drain(queue)).containsExactly("held [a]");
    store.publish();
    assertThat(drain(queue)).containsExactly("+b11");
  }

  @Test
  void whoeverComesInTheMiddleOfABatchIsToldAllOfIt() throws Exception {
    list(10, pod("a", 5));
    store.put(pod("b", 11));
    ChangeQueue queue = listening(10);
    store.put(pod("c", 12));
    store.publish();
    assertThat(drain(queue)).containsExactly("held [a]", "+b11", "+c12");
  }

  @Test
  void aNewListIsToldAsTheDifference() throws Exception {
    list(10, pod("gone", 5), pod("same", 6), pod("changed", 7), pod("again", "old", 8));
    ChangeQueue queue = listening(10);
    list(20, pod("same", 6), pod("changed", 17), pod("again", "new", 18), pod("new", 19));
    assertThat(drain(queue))
        .containsExactly(
            "held [again, changed, gone, same]",
            "-again8?",
            "+again18",
            "changed7>17",
            "-gone5?",
            "+new19");
  }

  @Test
  void anObjectThatCameInTheDarkIsToldInTheDifferenceThoughItWasPublishedByNobody()
      throws Exception {
    list(10, pod("a", 5));
    ChangeQueue queue = listening(10);
    store.put(pod("b", 11));
    list(20, pod("a", 5), pod("b", 11));
    assertThat(drain(queue)).containsExactly("held [a]", "+b11");
  }

  @Test
  void theSameVersionInAnotherHistoryIsAChangeUnlessTheBytesAreTheSame() throws Exception {
    list(10, pod("a", 5), pod("b", 6));
    ChangeQueue queue = listening(10);
    StoredObject other =
        new StoredObject(
            new ObjectKey("ns", "b"),
            "uid-b",
            new ResourceVersion("6"),
            Labels.of(Map.of()),
            null,
            Body.of(new byte[] {'{', '}'}, Body.Encoding.JSON));
    store.replace(List.of(pod("a", 5), other), new ResourceVersion("8"), 2);
    assertThat(drain(queue)).containsExactly("held [a, b]", "b6>6");
  }

  @Test
  void nothingIsToldWhileTheStoreIsClearedAndThenTheDifference() throws Exception {
    list(10, pod("a", 5), pod("b", 6));
    ChangeQueue queue = listening(10);
    drain(queue);
    store.clear();
    assertThat(queue.level().waiting()).isZero();
    list(20, pod("a", 15));
    assertThat(drain(queue)).containsExactly("a5>15", "-b6?");
  }

  @Test
  void aFullQueueMergesTheChangesOfOneKeyAndSaysSo() throws Exception {
    list(10, pod("a", 5), pod("b", 6));
    ChangeQueue queue = listening(2);
    drain(queue);
    put(pod("a", 11));
    put(pod("b", 12));
    put(pod("a", 13));
    put(pod("a", 14));
    assertThat(queue.level().waiting()).isEqualTo(2);
    assertThat(queue.level().conflated()).isEqualTo(2);
    assertThat(drain(queue)).containsExactly("a5>14 x3", "b6>12");
  }

  @Test
  void whatComesAndGoesInAFullQueueIsNotTold() throws Exception {
    list(10, pod("a", 5));
    ChangeQueue queue = listening(1);
    put(pod("b", 11));
    put(pod("b", 12));
    remove(pod("b", 13));
    assertThat(queue.level().conflated()).isEqualTo(3);
    assertThat(drain(queue)).containsExactly("held [a]");
  }

  @Test
  void whatIsDeletedAndWhatComesAfterItUnderTheSameNameStayApart() throws Exception {
    list(10, pod("a", 5));
    ChangeQueue queue = listening(1);
    drain(queue);
    put(pod("a", 11));
    remove(pod("a", 12));
    put(pod("a", "new", 13));
    put(pod("a", "new", 14));
    assertThat(drain(queue)).containsExactly("-a12 x2", "+a14 x2");
  }

  @Test
  void aNameThatComesAndGoesForEverHoldsNoMoreThanItsDeletion() throws Exception {
    list(10, pod("a", 5));
    ChangeQueue queue = listening(1);
    drain(queue);
    remove(pod("a", 11));
    for (int version = 12; version < 112; version += 2) {
      put(pod("a", "uid-" + version, version));
      remove(pod("a", "uid-" + version, version + 1));
      assertThat(queue.level().waiting()).isEqualTo(1);
    }
    assertThat(drain(queue)).containsExactly("-a11");
  }

  @Test
  void saysSinceWhenItsFirstChangeWaits() throws Exception {
    list(10);
    ChangeQueue queue = listening(1);
    drain(queue);
    var then = time.now();
    put(pod("a", 11));
    time.advance(Duration.ofSeconds(7));
    put(pod("a", 12));
    assertThat(queue.level().oldest()).contains(then);
  }

  @Test
  void afterItsEndNothingComesOut() throws Exception {
    list(10, pod("a", 5));
    ChangeQueue queue = listening(1);
    queue.close();
    put(pod("b", 11));
    assertThat(queue.take()).isEmpty();
    assertThat(queue.level().waiting()).isZero();
  }

  @Test
  void oneWhoNoLongerListensIsToldNothing() throws Exception {
    list(10, pod("a", 5));
    ChangeQueue queue = listening(1);
    drain(queue);
    store.unlisten(queue);
    put(pod("b", 11));
    assertThat(queue.level().waiting()).isZero();
  }
}
