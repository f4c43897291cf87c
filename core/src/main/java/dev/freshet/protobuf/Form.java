package dev.freshet.protobuf;

/** How the API server's JSON writes a message. */
public enum Form {
  /** An object with a member for each field. */
  STRUCT("-"),
  /** A text: field 1. */
  QUANTITY("quantity"),
  /** A number or a text: field 1 says which (0 or 1), then field 2 or 3. */
  INT_OR_STRING("intOrString"),
  /** RFC 3339 in whole seconds: field 1 counts from 1970, field 2 is ignored. No field: null. */
  TIME("time"),
  /** RFC 3339 in microseconds: field 1 counts seconds, field 2 nanoseconds. No field: null. */
  MICRO_TIME("microTime"),
  /** As Go writes a duration, such as {@code 1h0m0s}: field 1 counts nanoseconds. */
  DURATION("duration"),
  /** Bytes that are JSON already: field 1. Absent or empty: null. */
  RAW("raw"),
  /** An array: field 1. */
  ITEMS("items"),
  /** The schema of field 2 if it is there, else the boolean of field 1. */
  SCHEMA_OR_BOOL("schemaOrBool"),
  /** An array of field 2 if there is one, else the schema of field 1, else null. */
  SCHEMA_OR_ARRAY("schemaOrArray"),
  /** An array of the texts of field 2 if there is one, else the schema of field 1, else null. */
  SCHEMA_OR_STRINGS("schemaOrStrings");

  private final String text;

  Form(String text) {
    this.text = text;
  }

  static Form of(String text) {
    for (Form form : values()) {
      if (form.text.equals(text)) {
        return form;
      }
    }
    throw new IllegalArgumentException("the field tables name an unknown form: " + text);
  }
}
