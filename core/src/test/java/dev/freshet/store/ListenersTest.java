package dev.freshet.store;

import static dev.freshet.store.Samples.inWords;
import static dev.freshet.store.Samples.names;
import static dev.freshet.store.Samples.pod;
import static dev.freshet.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.scripted.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListenersTest {

  private final Store store = new Store();
  private final Told told = new Told();

  /** What a listener was told, in words. */
  private static final class Told implements ChangeListener {
    final List<String> words = new ArrayList<>();

    @Override
    public void begin(Snapshot held) {
      words.add("begins with " + names(held));
    }

    @Override
    public void changed(List<StoredChange> changes) {
      words.addAll(inWords(changes));
    }

    List<String> drain() {
      List<String> all = List.copyOf(words);
      words.clear();
      return all;
    }
  }

  @Test
  void beginsWithWhatIsPublishedAndNotWithWhatIsNotYet() {
    store.replace(List.of(pod("a", 5)), version(10), 1);
    store.put(pod("b", 11));
    store.listen(told);
    assertThat(told.drain()).containsExactly("begins with [a]");
    store.publish();
    assertThat(told.drain()).containsExactly("+b11 at 11/1");
  }

  @Test
  void beforeTheFirstListNothingIsToldAndThenTheListIs() {
    store.listen(told);
    assertThat(told.drain()).isEmpty();
    store.replace(List.of(pod("a", 5)), version(10), 1);
    assertThat(told.drain()).containsExactly("begins with [a]");
  }

  @Test
  void aPublicationThatChangedNoObjectIsNotTold() {
    store.replace(List.of(pod("a", 5)), version(10), 1);
    store.listen(told);
    told.drain();
    store.advance(version(20));
    store.publish();
    assertThat(told.drain()).isEmpty();
  }

  @Test
  void whatLeadsToANewListIsTheDifferenceEventsThatWereNotToldYetIncluded() {
    store.replace(List.of(pod("a", 5), pod("gone", 6)), version(10), 1);
    store.listen(told);
    told.drain();
    store.put(pod("b", 11));
    store.replace(List.of(pod("a", 15), pod("b", 11)), version(20), 1);
    assertThat(told.drain()).containsExactly("a5>15 at 20/1", "+b11 at 20/1", "-gone6? at 20/1");
  }

  @Test
  void whoListenedBeforeEverythingWasGivenUpIsToldTheDifferenceAndNoSecondBeginning() {
    store.replace(List.of(pod("a", 5)), version(10), 1);
    store.listen(told);
    told.drain();
    store.put(pod("b", 11));
    store.clear();
    store.replace(List.of(pod("c", 25)), version(30), 1);
    assertThat(told.drain()).containsExactly("-a5? at 30/1", "+c25 at 30/1");
  }

  @Test
  void whoDoesNotListenAnyMoreIsToldNothingAndTheOthersAre() {
    Told other = new Told();
    store.replace(List.of(), version(10), 1);
    store.listen(told);
    store.listen(other);
    told.drain();
    other.drain();
    store.unlisten(told);
    store.put(pod("a", 11));
    store.publish();
    assertThat(told.drain()).isEmpty();
    assertThat(other.drain()).containsExactly("+a11 at 11/1");
  }

  @Test
  void anObjectThatAnotherOfItsNameReplacedWithoutADeleteIsToldToBeGone() {
    store.replace(List.of(pod("ns", "a", "one", 5, "")), version(10), 1);
    store.listen(told);
    told.drain();
    store.put(pod("ns", "a", "two", 11, ""));
    store.publish();
    assertThat(told.drain()).containsExactly("-a5? at 11/1", "+a11 at 11/1");
  }

  @Test
  void aDeleteIsToldWithItsLastStateAndOfWhatIsNotHeldNotAtAll() {
    store.replace(List.of(pod("a", 5)), version(10), 1);
    store.listen(told);
    told.drain();
    store.remove(pod("a", 11));
    store.remove(pod("b", 12));
    store.publish();
    assertThat(told.drain()).containsExactly("-a11 at 11/1");
  }

  @Test
  void whoeverComesAndGoesKeepsNoWriterWaiting() throws Exception {
    store.replace(List.of(), version(10), 1);
    Told other = new Told();
    store.listen(told);
    store.listen(other);
    store.unlisten(told);
    store.put(pod("a", 11));
    CompletableFuture.runAsync(store::publish)
        .get(ScriptedServer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(other.drain()).containsExactly("begins with []", "+a11 at 11/1");
  }
}
