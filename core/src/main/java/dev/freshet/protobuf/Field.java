package dev.freshet.protobuf;

import org.jspecify.annotations.Nullable;

/**
 * One field of a message.
 *
 * @param number on the wire
 * @param name in JSON; empty if the field is inlined
 * @param type of the value, or of each value if there are many
 * @param count how many values there may be
 * @param message what the value is, if it is a message
 * @param pointer whether Go can tell absent from zero; else the wire always carries the field
 * @param omitEmpty whether JSON leaves out what is absent, zero or without elements; a struct that
 *     is no pointer is never that
 * @param omitZero whether JSON leaves out a struct without content
 * @param inlined whether the members of the message stand among those of its owner in JSON
 */
public record Field(
    int number,
    String name,
    Type type,
    Count count,
    @Nullable MessageTable message,
    boolean pointer,
    boolean omitEmpty,
    boolean omitZero,
    boolean inlined) {

  /** What a value is. */
  public enum Type {
    STRING,
    BOOL,
    /** A varint, negative numbers in ten bytes: Go's int32 or int64. */
    INTEGER,
    DOUBLE,
    /** Base64 in JSON. */
    BYTES,
    MESSAGE
  }

  /** How many values a field may have. */
  public enum Count {
    ONE,
    LIST,
    /** Entries of text to value: messages with field 1 and field 2. */
    MAP
  }

  /** The message of a field whose type is {@link Type#MESSAGE}. */
  public MessageTable messageOrThrow() {
    MessageTable found = message;
    if (found == null) {
      throw new IllegalStateException("the field " + name + " is no message");
    }
    return found;
  }
}
