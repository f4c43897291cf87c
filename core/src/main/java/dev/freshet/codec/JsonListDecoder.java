package dev.freshet.codec;

import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import tools.jackson.core.JsonToken;

/**
 * A Kubernetes list in JSON, its members in any order. What is wrong around the items is found at
 * the end at the latest, so items count only once {@link #end()} has returned.
 */
final class JsonListDecoder implements ListDecoder {

  private enum Place {
    START,
    LIST,
    METADATA,
    ITEMS,
    ITEM,
    END
  }

  private final Consumer<StoredObject> sink;
  private final JsonStream stream = new JsonStream(this::take);
  private final JsonObjectReader object = new JsonObjectReader(stream);
  private final JsonSkip skip = new JsonSkip();

  private Place place = Place.START;
  private String member = "";
  private String kind = "";
  private boolean hasItems;
  private ResourceVersion resourceVersion = ResourceVersion.NONE;
  private String continueToken = "";

  JsonListDecoder(Consumer<StoredObject> sink) {
    this.sink = sink;
  }

  @Override
  public void push(ByteBuffer chunk) {
    stream.push(chunk);
  }

  @Override
  public ListEnd end() {
    stream.end();
    if (place != Place.END) {
      throw stream.fail(Malformed.answer("the list ends too early", stream.place()));
    }
    // Some clients of old leave items out when there are none; only a kind then tells a list.
    if (!hasItems && !kind.endsWith("List")) {
      String found = kind.equals("Status") ? "a Status" : "an object without items";
      throw stream.fail(Malformed.answer("expected a list, found " + found, stream.place()));
    }
    return new ListEnd(resourceVersion, continueToken);
  }

  private void take(JsonToken token) {
    if (place == Place.ITEM) {
      takeItem(token);
    } else if (skip.isInside()) {
      skip.closes(token);
    } else {
      switch (place) {
        case START -> start(token);
        case LIST -> takeMember(token);
        case METADATA -> takeMetadata(token);
        case ITEMS -> takeItems(token);
        case ITEM -> throw new AssertionError("handled above");
        case END -> throw Malformed.answer("the answer goes on after the list", stream.place());
      }
    }
  }

  private void start(JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      throw Malformed.answer("expected a list, found " + token, stream.place());
    }
    place = Place.LIST;
  }

  private void takeMember(JsonToken token) {
    if (token == JsonToken.PROPERTY_NAME) {
      member = stream.parser().currentName();
    } else if (token == JsonToken.END_OBJECT) {
      place = Place.END;
    } else if (member.equals("items")) {
      startItems(token);
    } else if (member.equals("metadata") && token == JsonToken.START_OBJECT) {
      place = Place.METADATA;
    } else if (token.isStructStart()) {
      skip.enter();
    } else if (member.equals("kind") && token == JsonToken.VALUE_STRING) {
      kind = stream.parser().getString();
    }
  }

  private void startItems(JsonToken token) {
    if (hasItems) {
      throw Malformed.answer("the list has two members named items", stream.place());
    }
    hasItems = true;
    if (token == JsonToken.START_ARRAY) {
      place = Place.ITEMS;
    } else if (token != JsonToken.VALUE_NULL) {
      throw Malformed.answer("expected an array of items, found " + token, stream.place());
    }
  }

  private void takeMetadata(JsonToken token) {
    if (token == JsonToken.PROPERTY_NAME) {
      member = stream.parser().currentName();
    } else if (token == JsonToken.END_OBJECT) {
      place = Place.LIST;
    } else if (token.isStructStart()) {
      skip.enter();
    } else if (token == JsonToken.VALUE_STRING && member.equals("resourceVersion")) {
      resourceVersion = new ResourceVersion(stream.parser().getString());
    } else if (token == JsonToken.VALUE_STRING && member.equals("continue")) {
      continueToken = stream.parser().getString();
    }
  }

  private void takeItems(JsonToken token) {
    if (token == JsonToken.START_OBJECT) {
      stream.keep();
      object.start();
      place = Place.ITEM;
    } else if (token == JsonToken.END_ARRAY) {
      place = Place.LIST;
    } else {
      throw Malformed.answer("expected an object among the items, found " + token, stream.place());
    }
  }

  private void takeItem(JsonToken token) {
    if (object.closes(token)) {
      StoredObject item = object.toStoredObject();
      stream.release();
      place = Place.ITEMS;
      sink.accept(item);
    }
  }
}
