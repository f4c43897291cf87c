package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.FieldTables;
import dev.freshet.protobuf.KnownKind;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands around an object in Kubernetes protobuf: the bytes {@code k8s\0} and a {@code
 * runtime.Unknown}, which names the kind and holds the message. Remembers the kind from object to
 * object, since it rarely changes. For one thread.
 */
final class Envelope {

  /** {@code k8s} and a zero byte. */
  static final byte[] MAGIC = {'k', '8', 's', 0};

  /** The fields of {@code runtime.Unknown}. */
  static final int TYPE_META = 1;

  static final int RAW = 2;
  static final int CONTENT_ENCODING = 3;
  static final int CONTENT_TYPE = 4;

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  private byte[] typeMeta = {};
  private String apiVersion = "";
  private String kind = "";
  private @Nullable KnownKind known;

  /** Whether the bytes at a place are the first ones of an envelope. */
  static boolean isAt(byte[] bytes, int place) {
    return bytes.length - place >= MAGIC.length
        && Arrays.equals(bytes, place, place + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** Reads the envelope of which the cursor stands at the start, and goes into its message. */
  void enter(Cursor cursor, byte[] bytes) {
    int start = cursor.place();
    if (cursor.limit() - start < MAGIC.length || !isAt(bytes, start)) {
      throw MalformedResponseException.at(start, "an object does not start as protobuf does");
    }
    cursor.returnTo(start + MAGIC.length);
    boolean hasType = false;
    int raw = -1;
    int place = cursor.place();
    while (cursor.next()) {
      switch (cursor.number()) {
        case TYPE_META -> {
          int length = cursor.length();
          takeTypeMeta(bytes, cursor.place(), cursor.place() + length);
          cursor.returnTo(cursor.place() + length);
          hasType = true;
        }
        case RAW -> {
          raw = place;
          cursor.skip();
        }
        case CONTENT_ENCODING, CONTENT_TYPE ->
            checkContent(cursor.number(), cursor.string(), place);
        default -> cursor.skip();
      }
      place = cursor.place();
    }
    if (!hasType || raw < 0) {
      throw MalformedResponseException.at(
          start, "an object has no " + (hasType ? "content" : "kind"));
    }
    cursor.returnTo(raw);
    cursor.next();
    cursor.enter();
  }

  /** Takes the bytes of a {@code runtime.TypeMeta}. */
  void takeTypeMeta(byte[] bytes, int from, int to) {
    if (Arrays.equals(typeMeta, 0, typeMeta.length, bytes, from, to)) {
      return;
    }
    apiVersion = "";
    kind = "";
    Cursor cursor = new Cursor(bytes, from, to);
    while (cursor.next()) {
      switch (cursor.number()) {
        case 1 -> apiVersion = cursor.string();
        case 2 -> kind = cursor.string();
        default -> cursor.skip();
      }
    }
    typeMeta = Arrays.copyOfRange(bytes, from, to);
    known = FieldTables.get().kind(apiVersion, kind).orElse(null);
  }

  /** Refuses what would need yet another decoder. */
  static void checkContent(int field, String value, long place) {
    boolean plain = value.isEmpty() || (field == CONTENT_TYPE && value.equals(PROTOBUF));
    if (!plain) {
      throw MalformedResponseException.at(place, "an object in a protobuf answer is not protobuf");
    }
  }

  String kind() {
    return kind;
  }

  /**
   * The kind of the object.
   *
   * @param place for the failure
   * @throws MalformedResponseException if the tables lack it: it should not have come in protobuf
   */
  KnownKind known(long place) {
    KnownKind found = known;
    if (found == null) {
      throw unknown(apiVersion, kind, place);
    }
    return found;
  }

  /** The kind of a list's items, which have no envelope; empty if this is no list. */
  Optional<KnownKind> ofItems(long place) {
    if (!kind.endsWith("List") || kind.equals("List")) {
      return Optional.empty();
    }
    String item = kind.substring(0, kind.length() - "List".length());
    Optional<KnownKind> found = FieldTables.get().kind(apiVersion, item);
    if (found.isEmpty()) {
      throw unknown(apiVersion, item, place);
    }
    return found;
  }

  private static MalformedResponseException unknown(String apiVersion, String kind, long place) {
    return MalformedResponseException.at(
        place, "an object of kind " + apiVersion + " " + kind + " came in protobuf, unasked");
  }
}
