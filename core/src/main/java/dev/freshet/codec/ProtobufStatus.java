package dev.freshet.codec;

import dev.freshet.protobuf.Cursor;

/** The API's {@code Status}, of which the cursor stands at the start. */
record ProtobufStatus(int code, String reason, String message) {

  /** The fields of {@code meta.v1.Status}. */
  private static final int MESSAGE = 3;

  private static final int REASON = 4;
  private static final int CODE = 6;

  static ProtobufStatus read(Cursor cursor) {
    int code = 0;
    String reason = "";
    String message = "";
    while (cursor.next()) {
      switch (cursor.number()) {
        case MESSAGE -> message = cursor.shownString();
        case REASON -> reason = cursor.shownString();
        case CODE -> code = (int) cursor.integer();
        default -> cursor.skip();
      }
    }
    return new ProtobufStatus(code, reason, message);
  }
}
