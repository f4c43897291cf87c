package dev.freshet.codec;

import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;

/** One event of a watch. */
public sealed interface WatchEvent {

  record Added(StoredObject object) implements WatchEvent {}

  record Modified(StoredObject object) implements WatchEvent {}

  /** The object as last seen; its resourceVersion is that of the deletion. */
  record Deleted(StoredObject object) implements WatchEvent {}

  /** All events up to this version have been sent. */
  record Bookmark(ResourceVersion resourceVersion, boolean initialEventsEnd)
      implements WatchEvent {}

  /** The server gives the stream up: an API {@code Status}. */
  record Failed(int code, String reason, String message) implements WatchEvent {}
}
