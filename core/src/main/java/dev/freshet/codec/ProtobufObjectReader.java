package dev.freshet.codec;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  private final Cursor cursor = new Cursor(new byte[0]);
  private final MetadataCut cut = new MetadataCut();

  private byte[] bytes = {};
  private int from;
  private int to;
  private String namespace = "";
  private String name = "";
  private String uid = "";
  private String resourceVersion = "";
  private boolean initialEventsEnd;
  private String[] labels = new String[32];
  private int labelTexts;
  private @Nullable Owner owner;

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
    namespace = "";
    name = "";
    uid = "";
    resourceVersion = "";
    initialEventsEnd = false;
    labelTexts = 0;
    owner = null;
    cut.clear();
  }

  private void readMetadata(int tag) {
    int outer = cursor.enter();
    cut.metadata(tag, cursor.place(), cursor.limit());
    int place = cursor.place();
    while (cursor.next()) {
      switch (cursor.number()) {
        case NAME -> name = cursor.string();
        case NAMESPACE -> namespace = symbol();
        case UID -> uid = cursor.string();
        case RESOURCE_VERSION -> resourceVersion = cursor.string();
        case LABELS -> readLabel();
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

  private void readLabel() {
    if (labelTexts == labels.length) {
      labels = Arrays.copyOf(labels, 2 * labels.length);
    }
    labels[labelTexts] = "";
    labels[labelTexts + 1] = "";
    int outer = cursor.enter();
    while (cursor.next()) {
      switch (cursor.number()) {
        case 1 -> labels[labelTexts] = symbol();
        case 2 -> labels[labelTexts + 1] = symbol();
        default -> cursor.skip();
      }
    }
    cursor.leave(outer);
    labelTexts += 2;
  }

  /** Looks for the one annotation that ends a streaming list. */
  private void readAnnotation() {
    int outer = cursor.enter();
    if (cursor.next()
        && cursor.number() == 1
        && cursor.isNext(INITIAL_EVENTS_END)
        && cursor.next()
        && cursor.number() == 2) {
      initialEventsEnd = cursor.isNext(TRUE);
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
      cursor.returnTo(start);
      owner = controller();
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
    if (name.isEmpty()) {
      throw Malformed.answer("an object has no metadata.name", to);
    }
    return new StoredObject(
        new ObjectKey(namespace, name),
        uid,
        resourceVersion(),
        Labels.ofPairs(Arrays.copyOf(labels, labelTexts)),
        owner,
        new Body(cut.copy(bytes, from, to), encoding));
  }

  /** The object, which must have a name and a resourceVersion. */
  StoredObject toVersionedObject(Body.Encoding encoding) {
    if (resourceVersion.isEmpty()) {
      throw Malformed.answer("the object of an event has no metadata.resourceVersion", to);
    }
    return toStoredObject(encoding);
  }

  ResourceVersion resourceVersion() {
    return resourceVersion.isEmpty() ? ResourceVersion.NONE : new ResourceVersion(resourceVersion);
  }

  boolean marksInitialEventsEnd() {
    return initialEventsEnd;
  }
}
