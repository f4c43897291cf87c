package dev.freshet.object;

/**
 * An object's bytes as they came, less {@code metadata.managedFields}. The array is shared and must
 * not be changed; code outside this library only ever gets copies.
 *
 * @param encoding how to read the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // identity is fine here: rows are compared by key and RV
public record Body(byte[] bytes, Encoding encoding) {

  /** Wire formats of an object. */
  public enum Encoding {
    JSON
  }

  public int length() {
    return bytes.length;
  }
}
