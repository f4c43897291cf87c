package dev.freshet.cli.measure;

import dev.freshet.ReadList;
import dev.freshet.Row;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which objects an answer held in which version, without their bytes: so answers can be kept until
 * all writes before them are known. Relies on the list order that {@link ReadList} promises.
 * Immutable.
 */
final class AnswerRows {

  private final ObjectKey[] keys;
  private final ResourceVersion[] versions;

  private AnswerRows(ObjectKey[] keys, ResourceVersion[] versions) {
    this.keys = keys;
    this.versions = versions;
  }

  static AnswerRows of(ReadList<?> answer) {
    List<? extends Row<?>> rows = answer.rows();
    var keys = new ObjectKey[rows.size()];
    var versions = new ResourceVersion[rows.size()];
    for (int i = 0; i < keys.length; i++) {
      Row<?> row = rows.get(i);
      keys[i] = row.key();
      versions[i] = row.resourceVersion();
    }
    return new AnswerRows(keys, versions);
  }

  static AnswerRows of(List<ObjectKey> keys, List<ResourceVersion> versions) {
    return new AnswerRows(keys.toArray(ObjectKey[]::new), versions.toArray(ResourceVersion[]::new));
  }

  int size() {
    return keys.length;
  }

  /** The version in which the answer held an object; empty if it did not hold it. */
  Optional<ResourceVersion> version(ObjectKey key) {
    int at = Arrays.binarySearch(keys, key);
    return at < 0 ? Optional.empty() : Optional.of(versions[at]);
  }
}
