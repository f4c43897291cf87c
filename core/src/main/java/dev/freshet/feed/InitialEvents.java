package dev.freshet.feed;

import dev.freshet.codec.WatchEvent;
import dev.freshet.compact.Intake;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The first events of a streamed list: collects objects until the bookmark that ends them, hands
 * over the complete list, and from then on passes events through.
 *
 * <p>Until that bookmark nothing says how far the state is, so nothing becomes visible. Additions
 * come in the order of keys, not of versions; changes and deletions in between are taken as well.
 * For one thread.
 */
final class InitialEvents implements Consumer<WatchEvent> {

  /** Takes the complete list. */
  interface Complete {
    void accept(List<StoredObject> objects, ResourceVersion version);
  }

  private final Complete complete;
  private final Consumer<WatchEvent> after;
  private final Origin origin;
  private @Nullable Map<ObjectKey, StoredObject> collected = new LinkedHashMap<>();
  private final Intake intake;

  /**
   * @param intake packs what comes
   */
  InitialEvents(Origin origin, Intake intake, Complete complete, Consumer<WatchEvent> after) {
    this.origin = origin;
    this.intake = intake;
    this.complete = complete;
    this.after = after;
  }

  /** Whether the list is complete. */
  boolean isComplete() {
    return collected == null;
  }

  @Override
  public void accept(WatchEvent event) {
    Map<ObjectKey, StoredObject> objects = collected;
    if (objects == null) {
      after.accept(event);
      return;
    }
    switch (event) {
      case WatchEvent.Added(StoredObject object) -> put(objects, object);
      case WatchEvent.Modified(StoredObject object) -> put(objects, object);
      case WatchEvent.Deleted(StoredObject object) -> objects.remove(object.key());
      case WatchEvent.Bookmark(ResourceVersion version, boolean initialEventsEnd) -> {
        if (initialEventsEnd) {
          collected = null;
          intake.finish();
          complete.accept(new ArrayList<>(objects.values()), version);
        }
      }
      case WatchEvent.Failed failed -> after.accept(failed);
    }
  }

  private void put(Map<ObjectKey, StoredObject> objects, StoredObject object) {
    intake.add(object);
    origin.limits().require(intake.heldBytes(), origin.scope());
    objects.put(object.key(), object);
  }
}
