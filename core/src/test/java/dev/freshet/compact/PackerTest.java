package dev.freshet.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PackerTest {

  private static final int ENOUGH = 700;

  private final Packer packer = Packer.packing();

  @Test
  void whatObjectsHaveInCommonIsHeldOnce() {
    List<StoredObject> objects = Alike.objects(ENOUGH, 1);
    List<byte[]> before = bytes(objects);
    assertThat(packer.learn(objects)).isTrue();
    objects.forEach(packer::pack);
    assertThat(held(objects)).isLessThan(ENOUGH * Alike.BYTES / 20);
    assertThat(bytes(objects)).usingElementComparator(Arrays::compare).isEqualTo(before);
  }

  @Test
  void objectsWithNothingInCommonStayAsTheyAre() {
    List<StoredObject> objects = Alike.unlike(ENOUGH);
    assertThat(packer.learn(objects)).isFalse();
    assertThat(packer.isReady()).isFalse();
    objects.forEach(packer::pack);
    assertThat(held(objects)).isEqualTo(ENOUGH * Alike.BYTES);
  }

  @Test
  void anObjectThatPackingWouldNotMakeSmallerStaysAsItIs() {
    packer.learn(Alike.objects(ENOUGH, 1));
    StoredObject unlike = Alike.unlike(1).getFirst();
    Body before = unlike.body();
    packer.pack(unlike);
    assertThat(unlike.body()).isSameAs(before);
  }

  @Test
  void shortObjectsStayAsTheyAre() {
    packer.learn(Alike.objects(ENOUGH, 1));
    StoredObject small = Alike.object(1, "a".repeat(100));
    packer.pack(small);
    assertThat(small.body().heldBytes()).isEqualTo(100);
  }

  @Test
  void largeObjectsArePackedToo() {
    packer.learn(Alike.objects(ENOUGH, 1));
    String text = "a large object ".repeat(100_000);
    StoredObject large = Alike.object(1, text);
    packer.pack(large);
    assertThat(large.body().heldBytes()).isLessThan(10_000);
    assertThat(large.body().bytes()).asString().isEqualTo(text);
    assertThat(shown(large.body())).asString().isEqualTo(text);
  }

  @Test
  void aDictionaryThatFitsNoMoreGivesWayAndWhatItPackedStaysReadable() {
    List<StoredObject> old = Alike.objects(ENOUGH, 1);
    List<byte[]> oldBytes = bytes(old);
    packer.learn(old);
    old.forEach(packer::pack);
    List<StoredObject> others = Alike.objects(ENOUGH, 2);
    others.forEach(packer::pack);
    int misfit = held(others);
    assertThat(packer.learn(others)).isTrue();
    others.forEach(packer::pack);
    assertThat(held(others)).isLessThan(misfit / 10);
    assertThat(bytes(old)).usingElementComparator(Arrays::compare).isEqualTo(oldBytes);
  }

  @Test
  void whatIsLikeOnlyTheLastOfManyIsLearntToo() {
    List<StoredObject> objects = new ArrayList<>(Alike.objects(9 * ENOUGH, 1));
    List<StoredObject> last = Alike.objects(ENOUGH, 2);
    objects.addAll(last);
    packer.learn(objects);
    last.forEach(packer::pack);
    assertThat(held(last)).isLessThan(ENOUGH * Alike.BYTES / 20);
  }

  @Test
  void aDictionaryThatFitsStays() {
    List<StoredObject> objects = Alike.objects(ENOUGH, 1);
    packer.learn(objects);
    objects.forEach(packer::pack);
    Body before = objects.getFirst().body();
    assertThat(packer.learn(objects)).isFalse();
    packer.pack(objects.getFirst());
    assertThat(objects.getFirst().body()).isSameAs(before);
  }

  @Test
  void manyThreadsReadTheSameObjects() throws Exception {
    List<StoredObject> objects = Alike.objects(ENOUGH, 1);
    List<byte[]> before = bytes(objects);
    packer.learn(objects);
    objects.forEach(packer::pack);
    try (var readers = Executors.newFixedThreadPool(8)) {
      List<Future<List<byte[]>>> read = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        read.add(readers.submit(() -> bytes(objects)));
        read.add(
            readers.submit(() -> objects.stream().map(object -> shown(object.body())).toList()));
      }
      for (Future<List<byte[]>> one : read) {
        assertThat(one.get()).usingElementComparator(Arrays::compare).isEqualTo(before);
      }
    }
  }

  @Test
  void whoIsShownAnObjectMayLookAtAnother() {
    List<StoredObject> objects = Alike.objects(ENOUGH, 1);
    packer.learn(objects);
    objects.forEach(packer::pack);
    Body outer = objects.getFirst().body();
    Body inner = objects.getLast().body();
    byte[] seen =
        outer.show(
            (bytes, length) -> {
              assertThat(shown(inner)).isEqualTo(inner.bytes());
              return Arrays.copyOf(bytes, length);
            });
    assertThat(seen).isEqualTo(outer.bytes());
  }

  @Test
  void oneThatIsOffPacksNothing() {
    Packer off = Packer.off();
    List<StoredObject> objects = Alike.objects(ENOUGH, 1);
    assertThat(off.learn(objects)).isFalse();
    objects.forEach(off::pack);
    assertThat(held(objects)).isEqualTo(ENOUGH * Alike.BYTES);
  }

  private static byte[] shown(Body body) {
    return Objects.requireNonNull(body.<byte[]>show(Arrays::copyOf));
  }

  private static int held(List<StoredObject> objects) {
    return objects.stream().mapToInt(object -> object.body().heldBytes()).sum();
  }

  private static List<byte[]> bytes(List<StoredObject> objects) {
    return objects.stream().map(object -> object.body().bytes()).toList();
  }
}
