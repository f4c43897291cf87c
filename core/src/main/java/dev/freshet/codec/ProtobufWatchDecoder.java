package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.Body;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.KnownKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes watch in protobuf: frames of four bytes of length, high byte first, and a {@code
 * WatchEvent}, in which the object stands in an {@link Envelope}.
 */
final class ProtobufWatchDecoder implements WatchDecoder {

  private static final int FRAME_HEAD = Integer.BYTES;

  /** What an event needs around its object, and more. */
  private static final int EVENT_HEAD = 1 << 10;

  /** The fields of {@code meta.v1.WatchEvent}. */
  private static final int TYPE = 1;

  private static final int OBJECT = 2;

  /** The field of {@code runtime.RawExtension}. */
  private static final int RAW = 1;

  private static final int NONE = -1;

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final Consumer<WatchEvent> sink;
  private final ByteWindow window = new ByteWindow();
  private final Cursor cursor = new Cursor(new byte[0]);
  private final Envelope envelope = new Envelope();
  private final ProtobufObjectReader object = new ProtobufObjectReader();
  private Body.Encoding.@Nullable Protobuf encoding;

  ProtobufWatchDecoder(Consumer<WatchEvent> sink) {
    this.sink = sink;
  }

  @Override
  public void push(ByteBuffer chunk) {
    window.push(
        chunk,
        () -> {
          while (frame()) {}
        });
  }

  @Override
  public void end() {
    window.rethrow();
    if (window.available() > 0) {
      throw window.fail(Malformed.answer("the stream ends inside an event", window.place()));
    }
  }

  /** Deals with the next frame; false if it has not arrived whole. */
  private boolean frame() {
    if (window.available() < FRAME_HEAD) {
      return false;
    }
    long length = Integer.toUnsignedLong((int) BIG_ENDIAN.get(window.bytes(), window.from()));
    if (length > DecodeLimits.MAX_OBJECT_BYTES + EVENT_HEAD) {
      throw Malformed.tooLarge(window.place());
    }
    if (window.available() < FRAME_HEAD + length) {
      return false;
    }
    int from = window.from() + FRAME_HEAD;
    WatchEvent event = located(from, from + (int) length);
    window.drop(FRAME_HEAD + (int) length);
    sink.accept(event);
    return true;
  }

  private WatchEvent located(int from, int to) {
    try {
      return event(window.bytes(), from, to);
    } catch (MalformedResponseException e) {
      throw e.movedBy(window.base());
    }
  }

  /** The frame's bytes stay where they are until the event has been made of them. */
  private WatchEvent event(byte[] bytes, int from, int to) {
    cursor.reset(bytes, from, to);
    String type = "";
    int raw = NONE;
    while (cursor.next()) {
      switch (cursor.number()) {
        case TYPE -> type = cursor.string();
        case OBJECT -> raw = findRaw();
        default -> cursor.skip();
      }
    }
    if (raw == NONE) {
      throw malformed("an event has no object");
    }
    cursor.returnTo(raw);
    cursor.next();
    cursor.enter();
    envelope.enter(cursor, bytes);
    return switch (type) {
      case "ERROR" -> failed();
      case "BOOKMARK" -> bookmark(bytes);
      case "ADDED" -> new WatchEvent.Added(read(bytes));
      case "MODIFIED" -> new WatchEvent.Modified(read(bytes));
      case "DELETED" -> new WatchEvent.Deleted(read(bytes));
      case "" -> throw malformed("an event has no type");
      default -> throw malformed("an event is of a type unknown here");
    };
  }

  /** The place of the tag of the raw object, which ends with the event or before. */
  private int findRaw() {
    int raw = NONE;
    int outer = cursor.enter();
    int place = cursor.place();
    while (cursor.next()) {
      raw = cursor.number() == RAW ? place : raw;
      cursor.skip();
      place = cursor.place();
    }
    cursor.leave(outer);
    return raw;
  }

  private StoredObject read(byte[] bytes) {
    object.read(bytes, cursor.place(), cursor.limit());
    return object.toVersionedObject(encoding());
  }

  /** One for all objects of a kind. */
  private Body.Encoding encoding() {
    KnownKind kind = envelope.known(cursor.place());
    if (encoding == null || !encoding.kind().equals(kind)) {
      encoding = new Body.Encoding.Protobuf(kind);
    }
    return encoding;
  }

  private WatchEvent bookmark(byte[] bytes) {
    object.read(bytes, cursor.place(), cursor.limit());
    ResourceVersion version = object.resourceVersion();
    if (version.equals(ResourceVersion.NONE)) {
      throw malformed("a bookmark has no resourceVersion");
    }
    return new WatchEvent.Bookmark(version, object.marksInitialEventsEnd());
  }

  private WatchEvent failed() {
    ProtobufStatus status = ProtobufStatus.read(cursor);
    return new WatchEvent.Failed(status.code(), status.reason(), status.message());
  }

  private MalformedResponseException malformed(String problem) {
    return Malformed.answer(problem, window.from());
  }
}
