package dev.freshet.session;

import dev.freshet.codec.Codec;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.FieldPath;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import dev.freshet.store.Snapshot;
import java.util.Optional;

/**
 * A delete that the server has accepted and whose version it did not tell: a snapshot shows it when
 * that very object is gone, or is marked as being deleted.
 *
 * @param uid of the deleted object; a successor of the same name has another
 */
public record PendingDelete(ObjectKey key, String uid) {

  private static final FieldPath DELETION = FieldPath.of("metadata.deletionTimestamp");

  boolean isShownBy(Snapshot snapshot) {
    Optional<StoredObject> held = snapshot.get(key);
    if (held.isEmpty() || !held.get().uid().equals(uid)) {
      return true;
    }
    try {
      return Codec.field(held.get().body(), DELETION) != null;
    } catch (MalformedResponseException e) {
      // Asked on the writer's thread, which must not fail. What cannot be read shows nothing.
      return false;
    }
  }
}
