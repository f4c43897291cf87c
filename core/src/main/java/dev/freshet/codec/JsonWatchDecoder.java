package dev.freshet.codec;

import dev.freshet.object.ResourceVersion;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import tools.jackson.core.JsonToken;

/** A Kubernetes watch in JSON: documents of type and object, in either order. */
final class JsonWatchDecoder implements WatchDecoder {

  private enum Place {
    BETWEEN,
    EVENT,
    OBJECT
  }

  private final Consumer<WatchEvent> sink;
  private final JsonStream stream = new JsonStream(this::take);
  private final JsonObjectReader object = new JsonObjectReader(stream);
  private final JsonSkip skip = new JsonSkip();

  private Place place = Place.BETWEEN;
  private String member = "";
  private String type = "";
  private boolean hasObject;

  JsonWatchDecoder(Consumer<WatchEvent> sink) {
    this.sink = sink;
  }

  @Override
  public void push(ByteBuffer chunk) {
    stream.push(chunk);
  }

  @Override
  public void end() {
    stream.end();
    if (place != Place.BETWEEN) {
      throw stream.fail(Malformed.answer("the watch ends inside an event", stream.place()));
    }
  }

  private void take(JsonToken token) {
    if (place == Place.OBJECT) {
      if (object.closes(token)) {
        place = Place.EVENT;
      }
    } else if (skip.isInside()) {
      skip.closes(token);
    } else if (place == Place.EVENT) {
      takeMember(token);
    } else {
      start(token);
    }
  }

  private void start(JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      throw Malformed.answer("expected an event, found " + token, stream.place());
    }
    stream.keep();
    type = "";
    hasObject = false;
    place = Place.EVENT;
  }

  private void takeMember(JsonToken token) {
    if (token == JsonToken.PROPERTY_NAME) {
      member = stream.parser().currentName();
    } else if (token == JsonToken.END_OBJECT) {
      WatchEvent event = event();
      stream.release();
      place = Place.BETWEEN;
      sink.accept(event);
    } else if (member.equals("object")) {
      startObject(token);
    } else if (token.isStructStart()) {
      skip.enter();
    } else if (member.equals("type") && token == JsonToken.VALUE_STRING) {
      type = stream.parser().getString();
    }
  }

  private void startObject(JsonToken token) {
    if (token != JsonToken.START_OBJECT || hasObject) {
      throw Malformed.answer("expected one object in an event, found " + token, stream.place());
    }
    hasObject = true;
    object.start();
    place = Place.OBJECT;
  }

  private WatchEvent event() {
    if (!hasObject) {
      throw Malformed.answer("an event has no object", stream.place());
    }
    return switch (type) {
      case "ADDED" -> new WatchEvent.Added(object.toVersionedObject());
      case "MODIFIED" -> new WatchEvent.Modified(object.toVersionedObject());
      case "DELETED" -> new WatchEvent.Deleted(object.toVersionedObject());
      case "BOOKMARK" -> new WatchEvent.Bookmark(version(), object.marksInitialEventsEnd());
      case "ERROR" -> object.toFailed();
      case "" -> throw Malformed.answer("an event has no type", stream.place());
      default -> throw Malformed.answer("an event is of a type unknown here", stream.place());
    };
  }

  private ResourceVersion version() {
    ResourceVersion version = object.resourceVersion();
    if (version.equals(ResourceVersion.NONE)) {
      throw Malformed.answer("a bookmark has no resourceVersion", stream.place());
    }
    return version;
  }
}
