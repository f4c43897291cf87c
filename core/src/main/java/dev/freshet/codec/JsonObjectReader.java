package dev.freshet.codec;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
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

  private Place place = Place.OBJECT;
  private String member = "";

  private long from;
  private long to;
  private String namespace = "";
  private String name = "";
  private String uid = "";
  private String resourceVersion = "";
  private boolean initialEventsEnd;
  private int code;
  private String reason = "";
  private String message = "";

  private String[] labels = new String[32];
  private int labelTexts;

  private @Nullable Owner owner;
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
    namespace = "";
    name = "";
    uid = "";
    resourceVersion = "";
    initialEventsEnd = false;
    code = 0;
    reason = "";
    message = "";
    labelTexts = 0;
    owner = null;
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
          owner = new Owner(ownerKind, ownerName, ownerUid);
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
        labelTexts = 0;
        enterObjectOr(Place.LABELS, true, token);
      }
      case "annotations" -> enterObjectOr(Place.ANNOTATIONS, true, token);
      case "ownerReferences" -> {
        if (token != JsonToken.START_ARRAY) {
          throw unexpected(token);
        }
        owner = null;
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
      addLabel("");
    }
  }

  private void takeScalar(JsonToken token) {
    switch (place) {
      case OBJECT -> takeStatus(token);
      case METADATA -> takeMetadata(token);
      case LABELS -> addLabel(symbols.text(stringAt(token)));
      case ANNOTATIONS -> {
        if (member.equals(INITIAL_EVENTS_END)) {
          initialEventsEnd = stringAt(token).getString().equals("true");
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
      case "name" -> name = stringAt(token).getString();
      case "namespace" -> namespace = symbols.text(stringAt(token));
      case "uid" -> uid = stringAt(token).getString();
      case "resourceVersion" -> resourceVersion = stringAt(token).getString();
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

  private void addLabel(String value) {
    if (labelTexts == labels.length) {
      labels = Arrays.copyOf(labels, 2 * labels.length);
    }
    labels[labelTexts++] = symbols.shared(member);
    labels[labelTexts++] = value;
  }

  private JsonParser stringAt(JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      throw unexpected(token);
    }
    return stream.parser();
  }

  /** The object, which must have a name. */
  StoredObject toStoredObject() {
    if (name.isEmpty()) {
      throw Malformed.answer("an object has no metadata.name", to);
    }
    return new StoredObject(
        new ObjectKey(namespace, name),
        uid,
        resourceVersion(),
        Labels.ofPairs(Arrays.copyOf(labels, labelTexts)),
        owner,
        new Body(cut.copyWithout(from, to), Body.Encoding.JSON));
  }

  /** The object, which must have a name and a resourceVersion. */
  StoredObject toVersionedObject() {
    if (resourceVersion.isEmpty()) {
      throw Malformed.answer("the object of an event has no metadata.resourceVersion", to);
    }
    return toStoredObject();
  }

  ResourceVersion resourceVersion() {
    return resourceVersion.isEmpty() ? ResourceVersion.NONE : new ResourceVersion(resourceVersion);
  }

  boolean marksInitialEventsEnd() {
    return initialEventsEnd;
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
