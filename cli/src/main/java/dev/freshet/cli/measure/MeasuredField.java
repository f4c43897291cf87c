package dev.freshet.cli.measure;

import dev.freshet.ReadList;
import dev.freshet.Row;
import dev.freshet.object.FieldPath;
import dev.freshet.object.ResourceType;

/**
 * The field that is read of each match, beside key and resourceVersion: what a real reader would
 * look at, the same for every route.
 */
public record MeasuredField(FieldPath path) {

  /** {@code status.phase}. */
  public static final MeasuredField OF_PODS = new MeasuredField(FieldPath.of("status.phase"));

  private static final MeasuredField OF_OTHERS =
      new MeasuredField(FieldPath.of("metadata.creationTimestamp"));

  /** {@link #OF_PODS} for Pods, the time of creation for anything else. */
  public static MeasuredField of(ResourceType type) {
    return type.qualifiedName().equals("pods") ? OF_PODS : OF_OTHERS;
  }

  /** Touches key, version and field of each match; the sum keeps the work from being left out. */
  int touch(ReadList<?> answer) {
    int sum = 0;
    for (Row<?> row : answer.rows()) {
      sum += row.key().name().length();
      sum += row.resourceVersion().text().length();
      sum += row.get(path).map(String::length).orElse(0);
    }
    return sum;
  }
}
