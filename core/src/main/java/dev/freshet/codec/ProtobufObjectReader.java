package dev.freshet.codec;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.Cursor;
import java.nio.charset.StandardCharsets;

/**
 * Collects the row of one object by stepping over all but its metadata, and copies its bytes
 * without {@code managedFields}. What it steps over is checked as far as the lengths go; what is
 * wrong deeper inside shows when a field or the object is read. Reused from object to object; for
 * one thread.
 */
final class ProtobufObjectReader {

  /** The first field of every kind. */
  private static final int METADATA = 1;

  /** The fields of {@code meta.v1.ObjectMeta}. */
  private static final int NAME = 1;

  private static final int NAMESPACE = 3;
  private static final int UID = 5;
  private static final int RESOURCE_VERSION = 6;
  private static final int LABELS = 11;
  private static final byte LABELS_TAG = (LABELS << 3) | 2;
  private static final int ANNOTATIONS = 12;
  private static final int OWNER_REFERENCES = 13;
  private static final int MANAGED_FIELDS = 17;

  /** The fields of {@code meta.v1.OwnerReference}. */
  private static final int OWNER_KIND = 1;

  private static final int OWNER_NAME = 3;
  private static final int OWNER_UID = 4;
  private static final int OWNER_CONTROLLER = 6;

  private static final byte[] INITIAL_EVENTS_END =
      "k8s.io/initial-events-end".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};

  private final Symbols symbols = new Symbols();
  private final Repeat<Labels> labels = new Repeat<>();
  private final Repeat<Owner> owners = new Repeat<>();
  private final Cursor cursor = new Cursor(new byte[0]);
  private final MetadataCut cut = new MetadataCut();
  private final RowDraft row = new RowDraft();

  private byte[] bytes = {};
  private int from;
  private int to;

  /** Reads an object; its bytes must stay until it has been taken. */
  void read(byte[] message, int start, int end) {
    clear(message, start, end);
    cursor.reset(message, start, end);
    boolean hasMetadata = false;
    int place = start;
    while (cursor.next()) {
      if (cursor.number() != METADATA) {
        cursor.skip();
      } else if (hasMetadata) {
        throw Malformed.answer("an object has its metadata twice", cursor.place());
      } else {
        hasMetadata = true;
        readMetadata(place);
      }
      place = cursor.place();
    }
  }

  private void clear(byte[] message, int start, int end) {
    bytes = message;
    from = start;
    to = end;
    row.clear();
    cut.clear();
  }

  private void readMetadata(int tag) {
    int outer = cursor.enter();
    cut.metadata(tag, cursor.place(), cursor.limit());
    int place = cursor.place();
    while (cursor.next()) {
      switch (cursor.number()) {
        case NAME -> row.name = cursor.string();
        case NAMESPACE -> row.namespace = symbol();
        case UID -> row.uid = cursor.string();
        case RESOURCE_VERSION -> row.resourceVersion = cursor.string();
        case LABELS -> readLabels(place);
        case ANNOTATIONS -> readAnnotation();
        case OWNER_REFERENCES -> readOwner();
        case MANAGED_FIELDS -> {
          cursor.skip();
          cut.leaveOut(place, cursor.place());
        }
        default -> cursor.skip();
      }
      place = cursor.place();
    }
    cursor.leave(outer);
  }

  private String symbol() {
    int length = cursor.length();
    int start = cursor.place();
    cursor.returnTo(start + length);
    return symbols.text(bytes, start, length);
  }

  /** All labels that follow each other, from the tag of the first: Pods of one workload share. */
  private void readLabels(int tag) {
    boolean first = !row.hasLabels();
    cursor.skip();
    int place = cursor.place();
    while (place < cursor.limit() && bytes[place] == LABELS_TAG) {
      cursor.next();
      cursor.skip();
      place = cursor.place();
    }
    Labels known = first ? labels.find(bytes, tag, place) : null;
    if (known != null) {
      row.takeLabels(known);
      return;
    }
    cursor.returnTo(tag);
    while (cursor.place() < place) {
      cursor.next();
      readLabel();
    }
    if (first) {
      row.takeLabels(labels.keep(bytes, tag, place, row.labels()));
    }
  }

  private void readLabel() {
    String key = "";
    String value = "";
    int outer = cursor.enter();
    while (cursor.next()) {
      switch (cursor.number()) {
        case 1 -> key = symbol();
        case 2 -> value = symbol();
        default -> cursor.skip();
      }
    }
    cursor.leave(outer);
    row.addLabel(key, value);
  }

  /** Looks for the one annotation that ends a streaming list. */
  private void readAnnotation() {
    int outer = cursor.enter();
    if (cursor.next()
        && cursor.number() == 1
        && cursor.isNext(INITIAL_EVENTS_END)
        && cursor.next()
        && cursor.number() == 2) {
      row.initialEventsEnd = cursor.isNext(TRUE);
    }
    cursor.leave(outer);
  }

  private void readOwner() {
    int outer = cursor.enter();
    int start = cursor.place();
    boolean controls = false;
    while (cursor.next()) {
      if (cursor.number() == OWNER_CONTROLLER) {
        controls = cursor.bool();
      } else {
        cursor.skip();
      }
    }
    if (controls) {
      int end = cursor.limit();
      Owner known = owners.find(bytes, start, end);
      if (known == null) {
        cursor.returnTo(start);
        known = owners.keep(bytes, start, end, controller());
      }
      row.owner = known;
    }
    cursor.leave(outer);
  }

  private Owner controller() {
    String ownerKind = "";
    String ownerName = "";
    String ownerUid = "";
    while (cursor.next()) {
      switch (cursor.number()) {
        case OWNER_KIND -> ownerKind = symbol();
        case OWNER_NAME -> ownerName = symbol();
        case OWNER_UID -> ownerUid = symbol();
        default -> cursor.skip();
      }
    }
    return new Owner(ownerKind, ownerName, ownerUid);
  }

  /** The object, which must have a name. */
  StoredObject toStoredObject(Body.Encoding encoding) {
    row.requireName(to);
    return row.toStoredObject(Body.of(cut.copy(bytes, from, to), encoding));
  }

  /** The object, which must have a name and a resourceVersion. */
  StoredObject toVersionedObject(Body.Encoding encoding) {
    row.requireVersion(to);
    return toStoredObject(encoding);
  }

  ResourceVersion resourceVersion() {
    return row.resourceVersion();
  }

  boolean marksInitialEventsEnd() {
    return row.initialEventsEnd;
  }
}
