package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.Body;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.Utf8;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A Kubernetes list in protobuf: an {@link Envelope} around a message of metadata and items. Only
 * the item that is arriving is held. What is wrong around the items is found at the end at the
 * latest, so items count only once {@link #end()} has returned.
 */
final class ProtobufListDecoder implements ListDecoder {

  /** The fields of every list. */
  private static final int METADATA = 1;

  private static final int ITEMS = 2;

  /** The fields of {@code meta.v1.ListMeta}. */
  private static final int RESOURCE_VERSION = 2;

  private static final int CONTINUE = 3;

  /** Bytes of what stands around the items: a kind, a version, a continue token. */
  private static final int MAX_HEAD_BYTES = 1 << 20;

  private static final long UNBOUNDED = Long.MAX_VALUE;

  private enum Place {
    MAGIC,
    ENVELOPE,
    LIST
  }

  private final Consumer<StoredObject> sink;
  private final ByteWindow window = new ByteWindow();
  private final FieldHead head = new FieldHead();
  private final Envelope envelope = new Envelope();
  private final ProtobufObjectReader object = new ProtobufObjectReader();

  private Place place = Place.MAGIC;
  private Body.Encoding encoding = Body.Encoding.JSON;
  private boolean hasType;
  private boolean hasList;
  private long listEnd = UNBOUNDED;
  private long toSkip;
  private ResourceVersion resourceVersion = ResourceVersion.NONE;
  private String continueToken = "";

  ProtobufListDecoder(Consumer<StoredObject> sink) {
    this.sink = sink;
  }

  @Override
  public void push(ByteBuffer chunk) {
    window.push(
        chunk,
        () -> {
          while (advance()) {}
        });
  }

  @Override
  public ListEnd end() {
    window.rethrow();
    if (place != Place.ENVELOPE || !hasList || window.available() > 0 || toSkip > 0) {
      throw window.fail(Malformed.answer("the list ends too early", window.place()));
    }
    return new ListEnd(resourceVersion, continueToken);
  }

  /** Deals with the next piece; false if it has not arrived whole. */
  private boolean advance() {
    if (toSkip > 0) {
      return skip();
    }
    return switch (place) {
      case MAGIC -> magic();
      case ENVELOPE -> window.available() > 0 && field(UNBOUNDED);
      case LIST -> {
        if (window.place() == listEnd) {
          place = Place.ENVELOPE;
          yield true;
        }
        yield field(listEnd);
      }
    };
  }

  private boolean skip() {
    int now = (int) Math.min(toSkip, window.available());
    window.drop(now);
    toSkip -= now;
    return toSkip == 0;
  }

  private boolean magic() {
    int length = Math.min(Envelope.MAGIC.length, window.available());
    int from = window.from();
    if (!Arrays.equals(window.bytes(), from, from + length, Envelope.MAGIC, 0, length)) {
      throw Malformed.answer("the answer does not start as protobuf does", window.place());
    }
    if (length < Envelope.MAGIC.length) {
      return false;
    }
    window.drop(length);
    place = Place.ENVELOPE;
    return true;
  }

  /** Deals with one field of the message that reaches to a place in the answer. */
  private boolean field(long limit) {
    if (!head.read(window)) {
      return false;
    }
    if (head.content() > limit - window.place() - head.size()) {
      throw Malformed.answer("a field is longer than the list", window.place());
    }
    return place == Place.LIST ? listField() : envelopeField();
  }

  private boolean envelopeField() {
    return switch (head.number()) {
      case Envelope.TYPE_META, Envelope.CONTENT_ENCODING, Envelope.CONTENT_TYPE -> {
        if (!hasWhole(MAX_HEAD_BYTES)) {
          yield false;
        }
        yield located(this::takeEnvelopeField);
      }
      case Envelope.RAW -> startList();
      default -> skipWhole();
    };
  }

  private boolean takeEnvelopeField() {
    byte[] bytes = window.bytes();
    int from = window.from() + head.size();
    int to = from + (int) head.content();
    if (head.number() == Envelope.TYPE_META) {
      envelope.takeTypeMeta(bytes, from, to);
      hasType = true;
    } else {
      Envelope.checkContent(head.number(), Utf8.strict(bytes, from, to - from), from);
    }
    return dropWhole();
  }

  private boolean startList() {
    if (!hasType || hasList) {
      throw Malformed.answer(
          hasList ? "the answer has two contents" : "the answer does not name its kind first",
          window.place());
    }
    requireLength();
    var kind =
        envelope
            .ofItems(window.place())
            .orElseThrow(
                () ->
                    Malformed.answer(
                        "expected a list, found a " + envelope.kind(), window.place()));
    encoding = new Body.Encoding.Protobuf(kind);
    hasList = true;
    window.drop(head.size());
    listEnd = window.place() + head.content();
    place = Place.LIST;
    return true;
  }

  private boolean listField() {
    return switch (head.number()) {
      case METADATA -> {
        if (!hasWhole(MAX_HEAD_BYTES)) {
          yield false;
        }
        yield located(this::takeMetadata);
      }
      case ITEMS -> {
        if (!hasWhole(DecodeLimits.MAX_OBJECT_BYTES)) {
          yield false;
        }
        StoredObject item = located(this::item);
        dropWhole();
        sink.accept(item);
        yield true;
      }
      default -> skipWhole();
    };
  }

  private StoredObject item() {
    int from = window.from() + head.size();
    object.read(window.bytes(), from, from + (int) head.content());
    return object.toStoredObject(encoding);
  }

  /** Lets a failure name the place in the answer, not that in the window. */
  private <R> R located(Supplier<R> reading) {
    try {
      return reading.get();
    } catch (MalformedResponseException e) {
      throw e.movedBy(window.base());
    }
  }

  private boolean takeMetadata() {
    int from = window.from() + head.size();
    Cursor cursor = new Cursor(window.bytes(), from, from + (int) head.content());
    while (cursor.next()) {
      switch (cursor.number()) {
        case RESOURCE_VERSION -> resourceVersion = new ResourceVersion(cursor.string());
        case CONTINUE -> continueToken = cursor.string();
        default -> cursor.skip();
      }
    }
    return dropWhole();
  }

  /** Whether the field is here from head to end, so that it can be read in one piece. */
  private boolean hasWhole(int limit) {
    requireLength();
    if (head.content() > limit) {
      throw Malformed.tooLarge(window.place());
    }
    return window.available() >= head.size() + head.content();
  }

  private void requireLength() {
    if (!head.hasLength()) {
      throw Malformed.answer("field " + head.number() + " is a number", window.place());
    }
  }

  private boolean dropWhole() {
    window.drop(head.size() + (int) head.content());
    return true;
  }

  private boolean skipWhole() {
    window.drop(head.size());
    toSkip = head.content();
    return true;
  }
}
