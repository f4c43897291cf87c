package dev.freshet.codec;

import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row of one object while its metadata go by, whatever the format. Reused from object to
 * object; for one thread.
 */
final class RowDraft {

  String namespace = "";
  String name = "";
  String uid = "";
  String resourceVersion = "";
  boolean initialEventsEnd;
  @Nullable Owner owner;

  private @Nullable Labels ready;
  private String[] labels = new String[32];
  private int labelTexts;

  void clear() {
    namespace = "";
    name = "";
    uid = "";
    resourceVersion = "";
    initialEventsEnd = false;
    owner = null;
    clearLabels();
  }

  /** Forgets labels: of two such members, which no server writes, the later counts. */
  void clearLabels() {
    labelTexts = 0;
    ready = null;
  }

  /** Takes labels that were put together before, as the only ones so far. */
  void takeLabels(Labels known) {
    ready = known;
  }

  boolean hasLabels() {
    return ready != null || labelTexts > 0;
  }

  /** The labels so far, put together. */
  Labels labels() {
    Labels known = ready;
    return known != null ? known : Labels.ofPairs(Arrays.copyOf(labels, labelTexts));
  }

  void addLabel(String key, String value) {
    Labels known = ready;
    if (known != null) {
      ready = null;
      for (int i = 0; i < known.size(); i++) {
        addLabel(known.keyAt(i), known.valueAt(i));
      }
    }
    if (labelTexts == labels.length) {
      labels = Arrays.copyOf(labels, 2 * labels.length);
    }
    labels[labelTexts++] = key;
    labels[labelTexts++] = value;
  }

  /**
   * Fails if this cannot be an item of a list: it must have a name.
   *
   * @param place for the failure
   */
  void requireName(long place) {
    if (name.isEmpty()) {
      throw Malformed.answer("an object has no metadata.name", place);
    }
  }

  /**
   * Fails if this cannot be the object of an event: it must have a resourceVersion.
   *
   * @param place for the failure
   */
  void requireVersion(long place) {
    if (resourceVersion.isEmpty()) {
      throw Malformed.answer("the object of an event has no metadata.resourceVersion", place);
    }
  }

  ResourceVersion resourceVersion() {
    return resourceVersion.isEmpty() ? ResourceVersion.NONE : new ResourceVersion(resourceVersion);
  }

  StoredObject toStoredObject(Body body) {
    return new StoredObject(
        new ObjectKey(namespace, name), uid, resourceVersion(), labels(), owner, body);
  }
}
