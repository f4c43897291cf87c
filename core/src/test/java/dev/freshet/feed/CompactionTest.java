package dev.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.WatchEvent;
import dev.freshet.compact.Alike;
import dev.freshet.object.Labels;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.scripted.Wire;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CompactionTest {

  private static final int ENOUGH = 700;
  private static final int LISTED = 10_000;

  private final Store store = new Store();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final Lineage lineage =
      new Lineage(FeedScope.of(Wire.PODS), Feeds.UNLIMITED, store, background::add);
  private int version = LISTED;

  @Test
  void aListThatCameAsItIsIsPackedAfterwards() {
    begin(Alike.objects(ENOUGH, 1));
    Snapshot before = snapshot();
    List<byte[]> bytes = bytes(before);
    background.remove().run();
    assertThat(store.bytes()).isEqualTo(held()).isLessThan(plain() / 20);
    assertThat(bytes(before)).containsExactlyElementsOf(bytes);
    assertThat(snapshot()).isSameAs(before);
  }

  @Test
  void changesArePackedAsSoonAsThereAreEnough() {
    begin(List.of());
    change(Alike.objects(ENOUGH, 1));
    assertThat(store.bytes()).isEqualTo(plain());
    background.remove().run();
    assertThat(store.bytes()).isEqualTo(held()).isLessThan(plain() / 20);
    change(Alike.objects(1, 1));
    assertThat(store.bytes()).isEqualTo(held()).isLessThan(plain() / 20);
  }

  @Test
  void whatWasReplacedMeanwhileIsNotCounted() {
    begin(Alike.objects(ENOUGH, 1));
    var strand = lineage.strand();
    strand.apply(new WatchEvent.Modified(next(Alike.objects(1, 1).getFirst())));
    strand.apply(new WatchEvent.Deleted(next(Alike.objects(2, 1).getLast())));
    background.remove().run();
    strand.publish();
    assertThat(store.bytes()).isEqualTo(held());
  }

  @Test
  void whenObjectsAreOfAnotherLikenessTheyArePackedAnew() {
    begin(Alike.objects(ENOUGH, 1));
    background.remove().run();
    change(Alike.objects(ENOUGH, 1));
    drain();
    change(Alike.objects(ENOUGH, 2));
    assertThat(store.bytes()).isGreaterThan(plain() / 4);
    drain();
    assertThat(store.bytes()).isEqualTo(held()).isLessThan(plain() / 20);
  }

  @Test
  void objectsWithNothingInCommonAreLookedAtAgainOnlyWhenThereAreTwiceAsMany() {
    begin(List.of());
    List<StoredObject> unlike = Alike.unlike(4 * ENOUGH);
    int looked = 0;
    for (StoredObject object : unlike) {
      change(List.of(object));
      looked += background.size();
      drain();
    }
    assertThat(looked).isBetween(1, 3);
  }

  @Test
  void nothingGoesOnAfterTheEnd() {
    begin(Alike.objects(ENOUGH, 1));
    lineage.close();
    background.remove().run();
    assertThat(store.bytes()).isEqualTo(plain());
  }

  private void begin(List<StoredObject> objects) {
    lineage.begin(store.prepare(objects), version());
  }

  private void change(List<StoredObject> objects) {
    var strand = lineage.strand();
    objects.forEach(object -> strand.apply(new WatchEvent.Modified(next(object))));
    strand.publish();
  }

  private void drain() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  private StoredObject next(StoredObject object) {
    version++;
    return new StoredObject(
        object.key(), object.uid(), version(), Labels.NONE, null, object.body());
  }

  private ResourceVersion version() {
    return new ResourceVersion(Integer.toString(version));
  }

  private Snapshot snapshot() {
    return store.snapshot().orElseThrow();
  }

  private long held() {
    return objects().stream().mapToLong(object -> object.body().heldBytes()).sum();
  }

  private long plain() {
    return (long) objects().size() * Alike.BYTES;
  }

  private List<StoredObject> objects() {
    List<StoredObject> objects = new ArrayList<>();
    snapshot().forEach(objects::add);
    return objects;
  }

  private static List<byte[]> bytes(Snapshot snapshot) {
    List<byte[]> bytes = new ArrayList<>();
    snapshot.forEach(object -> bytes.add(object.body().bytes()));
    return bytes;
  }
}
