package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a JSON object, found by stepping over all that is not on the way to it.
 *
 * <p>Relies on the bytes having been checked when they were decoded. Costs one pass over the bytes
 * before the field and no allocation but the answer; Jackson's parser, which checks all that it
 * skips, takes about 2.5 times as long. Of members that come twice the first one counts; no API
 * server writes such.
 */
final class JsonField {

  private static final int ABSENT = -1;

  private JsonField() {}

  /** As {@link Codec#field}. */
  static @Nullable String read(byte[] json, FieldPath path) {
    try {
      return read(json, path.steps());
    } catch (IndexOutOfBoundsException e) {
      throw new MalformedResponseException(
          "cannot read " + path + ": the stored bytes are not a JSON object",
          "This is a defect of Freshet or of who made the bytes; please report it.",
          e);
    }
  }

  /** The same for JSON that is surely sound. Without steps the whole text is the value. */
  static @Nullable String read(byte[] json, List<FieldPath.Step> steps) {
    int at = find(json, steps);
    return at == ABSENT ? null : text(json, at);
  }

  /** Whether there is an object or an array. */
  static boolean isStructure(byte[] json, List<FieldPath.Step> steps) {
    int at = find(json, steps);
    return at != ABSENT && (json[at] == '{' || json[at] == '[');
  }

  private static int find(byte[] json, List<FieldPath.Step> steps) {
    int at = JsonBytes.skipSpace(json, 0);
    for (FieldPath.Step step : steps) {
      at =
          switch (step) {
            case FieldPath.Member(String name) -> member(json, at, name);
            case FieldPath.Element(int index) -> element(json, at, index);
          };
      if (at == ABSENT) {
        return ABSENT;
      }
    }
    return at;
  }

  /** The place of the value of a member, if there is an object at {@code at} that has it. */
  private static int member(byte[] json, int at, String name) {
    if (json[at] != '{') {
      return ABSENT;
    }
    at = JsonBytes.skipSpace(json, at + 1);
    while (json[at] != '}') {
      int nameStart = at;
      at = JsonBytes.skipString(json, at);
      boolean found = isName(json, nameStart + 1, at - 1, name);
      at = JsonBytes.skipSpace(json, at);
      at = JsonBytes.skipSpace(json, at + 1);
      if (found) {
        return at;
      }
      at = afterValue(json, at);
    }
    return ABSENT;
  }

  /** The place of an element, if there is an array at {@code at} that is long enough. */
  private static int element(byte[] json, int at, int index) {
    if (json[at] != '[') {
      return ABSENT;
    }
    at = JsonBytes.skipSpace(json, at + 1);
    for (int i = 0; json[at] != ']'; i++) {
      if (i == index) {
        return at;
      }
      at = afterValue(json, at);
    }
    return ABSENT;
  }

  /** The place of the next member or element, or of the closing bracket. */
  private static int afterValue(byte[] json, int at) {
    at = JsonBytes.skipSpace(json, JsonBytes.skipValue(json, at));
    return json[at] == ',' ? JsonBytes.skipSpace(json, at + 1) : at;
  }

  /** Whether the raw bytes between the quotes spell a name; escapes and non-ASCII are rare. */
  private static boolean isName(byte[] json, int from, int to, String name) {
    int length = name.length();
    for (int i = 0; from + i < to; i++) {
      byte b = json[from + i];
      if (b < 0 || b == '\\') {
        return JsonText.decode(json, from, to).equals(name);
      }
      if (i == length || b != name.charAt(i)) {
        return false;
      }
    }
    return to - from == length;
  }

  private static @Nullable String text(byte[] json, int at) {
    int end = JsonBytes.skipValue(json, at);
    return switch (json[at]) {
      case 'n' -> null;
      case '"' -> JsonText.decode(json, at + 1, end - 1);
      default -> new String(json, at, end - at, StandardCharsets.UTF_8);
    };
  }
}
