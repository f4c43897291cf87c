package dev.freshet.compact;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Objects that have much in common, or nothing. */
public final class Alike {

  /** Bytes of each. */
  public static final int BYTES = 4_000;

  private static final int OWN_BYTES = 60;

  private Alike() {}

  /**
   * So many objects.
   *
   * @param likeness objects of one likeness share all but {@value #OWN_BYTES} bytes
   */
  public static List<StoredObject> objects(int count, long likeness) {
    String common = text(new Random(likeness), BYTES - OWN_BYTES);
    Random own = new Random(likeness + 1_000);
    List<StoredObject> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = own.nextInt(common.length());
      objects.add(object(i, common.substring(0, at) + text(own, OWN_BYTES) + common.substring(at)));
    }
    return objects;
  }

  /** So many that share nothing. */
  public static List<StoredObject> unlike(int count) {
    Random own = new Random(7);
    List<StoredObject> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] noise = new byte[BYTES];
      own.nextBytes(noise);
      objects.add(object(i, noise));
    }
    return objects;
  }

  static StoredObject object(int number, String text) {
    return object(number, text.getBytes(StandardCharsets.UTF_8));
  }

  private static StoredObject object(int number, byte[] bytes) {
    return new StoredObject(
        new ObjectKey("default", String.format("object-%06d", number)),
        "uid-" + number,
        new ResourceVersion(Integer.toString(number + 1)),
        Labels.NONE,
        null,
        Body.of(bytes, Body.Encoding.JSON));
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
