package dev.freshet.store;

import static dev.freshet.store.Samples.pod;
import static dev.freshet.store.Samples.snapshotOf;
import static dev.freshet.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.LabelSelector;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutTest {

  private static final Namespaces BOTH = Namespaces.of("one", "two");

  private static StoredObject in(String namespace, String name, int version) {
    return pod(namespace, name, "uid-" + namespace + name, version, "");
  }

  private final Snapshot one = snapshotOf(12, 1, in("one", "a", 3), in("one", "b", 4));
  private final Snapshot two = snapshotOf(10, 3, in("two", "a", 5));
  private final Snapshot all =
      snapshotOf(20, 2, in("one", "a", 3), in("two", "a", 5), in("three", "a", 6));

  private static List<String> names(Cut cut, Namespaces in, String labels) {
    return cut.select(in, LabelSelector.parse(labels), object -> true).stream()
        .map(object -> object.key().toString())
        .toList();
  }

  @Test
  void ofSeveralStreamsPromisesWhatTheLeastOfThemHolds() {
    assertThat(new Cut(List.of(one, two)).asOf()).isEqualTo(version(10));
    assertThat(new Cut(List.of(two, one)).asOf()).isEqualTo(version(10));
    assertThat(new Cut(List.of(one)).asOf()).isEqualTo(version(12));
  }

  @Test
  void ofVersionsWithoutAnOrderPromisesThatOfItsOnlyStreamOrNone() {
    Store store = new Store();
    store.replace(List.of(), new ResourceVersion("x7"), 1);
    Snapshot opaque = store.snapshot().orElseThrow();
    assertThat(new Cut(List.of(opaque)).asOf().text()).isEqualTo("x7");
    assertThat(new Cut(List.of(one, opaque)).asOf()).isEqualTo(ResourceVersion.NONE);
    assertThat(new Cut(List.of(opaque, one)).asOf()).isEqualTo(ResourceVersion.NONE);
  }

  @Test
  void anEpochOfAnyStreamIsOneOfTheWhole() {
    assertThat(new Cut(List.of(one)).epoch()).isEqualTo(1);
    assertThat(new Cut(List.of(one, two)).epoch()).isEqualTo(3);
    assertThat(new Cut(List.of(two, all)).epoch()).isEqualTo(4);
  }

  @Test
  void holdsTheObjectsOfAllItsStreams() {
    Cut cut = new Cut(List.of(one, two));
    assertThat(cut.size()).isEqualTo(3);
    assertThat(cut.get(new ObjectKey("two", "a"))).isPresent();
    assertThat(cut.get(new ObjectKey("two", "b"))).isEmpty();
    assertThat(names(cut, BOTH, "")).containsExactly("one/a", "one/b", "two/a");
    assertThat(names(cut, BOTH, "name=a")).containsExactly("one/a", "two/a");
  }

  @Test
  void ofOneStreamOfAllSelectsTheNamespacesThatAreAskedFor() {
    Cut cut = new Cut(List.of(all));
    assertThat(names(cut, Namespaces.all(), "")).containsExactly("one/a", "three/a", "two/a");
    assertThat(names(cut, Namespaces.of("two"), "")).containsExactly("two/a");
    assertThat(names(cut, BOTH, "")).containsExactly("one/a", "two/a");
  }

  @Test
  void costsWhatEachOfItsPartsLooksAt() {
    LabelSelector everything = LabelSelector.everything();
    assertThat(new Cut(List.of(one, two)).scanned(BOTH, everything, List.of())).isEqualTo(3);
    Cut single = new Cut(List.of(all));
    assertThat(single.scanned(Namespaces.all(), everything, List.of())).isEqualTo(3);
    assertThat(single.scanned(BOTH, everything, List.of())).isEqualTo(2);
    assertThat(single.scanned(Namespaces.of("none"), everything, List.of())).isZero();
  }
}
