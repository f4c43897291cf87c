package dev.freshet.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private final Packer packer = Packer.packing();
  private final Intake intake = new Intake(packer);

  @Test
  void packsALongListWhileItArrives() {
    List<StoredObject> objects = Alike.objects(3_000, 1);
    take(objects);
    assertThat(held(objects)).isLessThan(3_000L * Alike.BYTES / 20);
    assertThat(intake.heldBytes()).isEqualTo(held(objects));
  }

  @Test
  void leavesAShortListAsItIs() {
    List<StoredObject> objects = Alike.objects(50, 1);
    take(objects);
    assertThat(held(objects)).isEqualTo(50L * Alike.BYTES);
    assertThat(intake.heldBytes()).isEqualTo(50L * Alike.BYTES);
    assertThat(packer.isReady()).isFalse();
  }

  @Test
  void whatComesLaterMayBringWhatTheBeginningLacked() {
    List<StoredObject> objects = new ArrayList<>(Alike.unlike(600));
    objects.addAll(Alike.objects(2_400, 1));
    take(objects);
    assertThat(held(objects)).isLessThan(1_000L * Alike.BYTES);
  }

  @Test
  void oneThatIsOffPacksNothing() {
    List<StoredObject> objects = Alike.objects(3_000, 1);
    try (Intake off = new Intake(Packer.off())) {
      objects.forEach(off::add);
      off.finish();
      assertThat(off.heldBytes()).isEqualTo(3_000L * Alike.BYTES);
    }
    assertThat(held(objects)).isEqualTo(3_000L * Alike.BYTES);
  }

  private void take(List<StoredObject> objects) {
    objects.forEach(intake::add);
    intake.finish();
    intake.close();
  }

  private static long held(List<StoredObject> objects) {
    return objects.stream().mapToLong(object -> object.body().heldBytes()).sum();
  }
}
