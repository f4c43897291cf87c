package dev.freshet.protobuf;

import dev.freshet.error.MalformedResponseException;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are single values in JSON. Each method reads the rest of the message that the
 * cursor is in, and gives what the API server's JSON would show.
 */
public final class Scalars {

  private Scalars() {}

  /** A {@link Form#QUANTITY}: its canonical text. */
  public static String quantity(Cursor cursor) {
    String text = "";
    while (cursor.next()) {
      if (cursor.number() == 1) {
        text = cursor.shownString();
      } else {
        cursor.skip();
      }
    }
    return text.isEmpty() ? "0" : text;
  }

  /** A {@link Form#INT_OR_STRING}: an {@code Integer} or a {@code String}. */
  public static Object intOrString(Cursor cursor) {
    long type = 0;
    int number = 0;
    String text = "";
    while (cursor.next()) {
      switch (cursor.number()) {
        case 1 -> type = cursor.integer();
        case 2 -> number = (int) cursor.integer();
        case 3 -> text = cursor.shownString();
        default -> cursor.skip();
      }
    }
    if (type != 0 && type != 1) {
      throw MalformedResponseException.at(
          cursor.place(), "an IntOrString is neither: its type is " + type);
    }
    return type == 0 ? (Object) number : text;
  }

  /** A {@link Form#TIME}: such as {@code 2026-11-23T18:00:00Z}; null for Go's zero time. */
  public static @Nullable String time(Cursor cursor) {
    return time(cursor, false);
  }

  /** A {@link Form#MICRO_TIME}: six digits after the second; null for Go's zero time. */
  public static @Nullable String microTime(Cursor cursor) {
    return time(cursor, true);
  }

  private static @Nullable String time(Cursor cursor, boolean micro) {
    long seconds = 0;
    long nanos = 0;
    boolean empty = true;
    while (cursor.next()) {
      empty = false;
      switch (cursor.number()) {
        case 1 -> seconds = cursor.integer();
        case 2 -> nanos = cursor.integer();
        default -> cursor.skip();
      }
    }
    boolean zero =
        seconds == GoText.ZERO_TIME_SECONDS && (!micro || nanos < GoText.NANOS_PER_MICRO);
    if (empty || zero) {
      return null;
    }
    return micro ? GoText.microTime(seconds, nanos) : GoText.time(seconds);
  }
}
