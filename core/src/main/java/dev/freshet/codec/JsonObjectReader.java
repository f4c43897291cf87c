package dev.freshet.codec;

import dev.freshet.object.Body;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Collects the row of one object while its tokens go by, and cuts its bytes out of the stream.
 *
 * <p>Also collects what the objects of bookmarks and errors say, since an event may tell its type
 * after its object. Of members that come twice the later one counts. Reused from object to object.
 */
final class JsonObjectReader {

  private enum Place {
    OBJECT,
    METADATA,
    LABELS,
    ANNOTATIONS,
    OWNERS,
    OWNER
  }

  private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

  private final JsonStream stream;
  private final Symbols symbols = new Symbols();
  private final JsonSkip skip = new JsonSkip();
  private final ManagedFieldsCut cut;
  private final RowDraft row = new RowDraft();

  private Place place = Place.OBJECT;
  private String member = "";

  private long from;
  private long to;
  private int code;
  private String reason = "";
  private String message = "";

  private String ownerKind = "";
  private String ownerName = "";
  private String ownerUid = "";
  private boolean ownerControls;

  JsonObjectReader(JsonStream stream) {
    this.stream = stream;
    this.cut = new ManagedFieldsCut(stream);
  }

  /** The stream stands on the opening brace of the next object; its bytes are being kept. */
  void start() {
    place = Place.OBJECT;
    from = stream.place() - 1;
    cut.clear();
    row.clear();
    code = 0;
    reason = "";
    message = "";
  }

  /** Takes a token of the object; true if it is the closing brace. */
  boolean closes(JsonToken token) {
    if (skip.isInside()) {
      if (skip.closes(token)) {
        cut.valueEnds();
      }
      return false;
    }
    if (token == JsonToken.PROPERTY_NAME) {
      takeName();
      return false;
    }
    if (token.isStructEnd()) {
      return leaves();
    }
    if (token.isStructStart()) {
      enter(token);
    } else if (token == JsonToken.VALUE_NULL) {
      takeNull();
    } else {
      takeScalar(token);
    }
    return false;
  }

  private void takeName() {
    member = stream.parser().currentName();
    if (place == Place.METADATA && member.equals("managedFields")) {
      cut.nameEnds();
    }
  }

  private boolean leaves() {
    switch (place) {
      case OBJECT -> {
        to = stream.place();
        stream.checkSize(from, to);
        return true;
      }
      case METADATA -> place = Place.OBJECT;
      case LABELS, ANNOTATIONS, OWNERS -> place = Place.METADATA;
      case OWNER -> {
        if (ownerControls) {
          row.owner = new Owner(ownerKind, ownerName, ownerUid);
        }
        place = Place.OWNERS;
      }
    }
    return false;
  }

  private void enter(JsonToken token) {
    switch (place) {
      case OBJECT -> enterObjectOr(Place.METADATA, member.equals("metadata"), token);
      case METADATA -> enterFromMetadata(token);
      case LABELS -> throw unexpected(token);
      case OWNERS -> {
        ownerKind = "";
        ownerName = "";
        ownerUid = "";
        ownerControls = false;
        enterObjectOr(Place.OWNER, true, token);
      }
      case ANNOTATIONS, OWNER -> skip.enter();
    }
  }

  private void enterFromMetadata(JsonToken token) {
    switch (member) {
      case "labels" -> {
        row.clearLabels();
        enterObjectOr(Place.LABELS, true, token);
      }
      case "annotations" -> enterObjectOr(Place.ANNOTATIONS, true, token);
      case "ownerReferences" -> {
        if (token != JsonToken.START_ARRAY) {
          throw unexpected(token);
        }
        row.owner = null;
        place = Place.OWNERS;
      }
      case "name", "namespace", "uid", "resourceVersion" -> throw unexpected(token);
      case "managedFields" -> {
        cut.valueStarts();
        skip.enter();
      }
      default -> skip.enter();
    }
  }

  private void enterObjectOr(Place inside, boolean wanted, JsonToken token) {
    if (!wanted) {
      skip.enter();
    } else if (token == JsonToken.START_OBJECT) {
      place = inside;
    } else {
      throw unexpected(token);
    }
  }

  /** To the API server null is the same as absent, and a label's null is the empty text. */
  private void takeNull() {
    if (place == Place.LABELS) {
      row.addLabel(symbols.shared(member), "");
    }
  }

  private void takeScalar(JsonToken token) {
    switch (place) {
      case OBJECT -> takeStatus(token);
      case METADATA -> takeMetadata(token);
      case LABELS -> row.addLabel(symbols.shared(member), symbols.text(stringAt(token)));
      case ANNOTATIONS -> {
        if (member.equals(INITIAL_EVENTS_END)) {
          row.initialEventsEnd = stringAt(token).getString().equals("true");
        }
      }
      case OWNERS -> throw unexpected(token);
      case OWNER -> takeOwner(token);
    }
  }

  private void takeStatus(JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      switch (member) {
        case "reason" -> reason = stream.parser().getString();
        case "message" -> message = stream.parser().getString();
        default -> {}
      }
    } else if (token == JsonToken.VALUE_NUMBER_INT && member.equals("code")) {
      // By way of double, which takes any number: this may be some custom resource's own field.
      code = (int) stream.parser().getDoubleValue();
    } else if (member.equals("metadata")) {
      throw unexpected(token);
    }
  }

  private void takeMetadata(JsonToken token) {
    switch (member) {
      case "name" -> row.name = stringAt(token).getString();
      case "namespace" -> row.namespace = symbols.text(stringAt(token));
      case "uid" -> row.uid = stringAt(token).getString();
      case "resourceVersion" -> row.resourceVersion = stringAt(token).getString();
      case "labels", "annotations", "ownerReferences" -> throw unexpected(token);
      default -> {}
    }
  }

  private void takeOwner(JsonToken token) {
    switch (member) {
      case "kind" -> ownerKind = symbols.text(stringAt(token));
      case "name" -> ownerName = symbols.text(stringAt(token));
      case "uid" -> ownerUid = symbols.text(stringAt(token));
      case "controller" -> ownerControls = token == JsonToken.VALUE_TRUE;
      default -> {}
    }
  }

  private JsonParser stringAt(JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      throw unexpected(token);
    }
    return stream.parser();
  }

  /** The object, which must have a name. */
  StoredObject toStoredObject() {
    row.requireName(to);
    return row.toStoredObject(Body.of(cut.copyWithout(from, to), Body.Encoding.JSON));
  }

  /** The object, which must have a name and a resourceVersion. */
  StoredObject toVersionedObject() {
    row.requireVersion(to);
    return toStoredObject();
  }

  ResourceVersion resourceVersion() {
    return row.resourceVersion();
  }

  boolean marksInitialEventsEnd() {
    return row.initialEventsEnd;
  }

  /** The object read as an API {@code Status}. */
  WatchEvent.Failed toFailed() {
    return new WatchEvent.Failed(code, reason, message);
  }

  private RuntimeException unexpected(JsonToken token) {
    return Malformed.answer(
        "an object's metadata is not built as the API says, found " + token, stream.place());
  }
}
