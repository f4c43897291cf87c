package dev.freshet.protobuf;

/**
 * A kind whose protobuf the tables know.
 *
 * @param apiVersion {@code group/version}, or the version alone for the core group
 * @param kind such as {@code Pod}
 * @param message what its objects are on the wire
 */
public record KnownKind(String apiVersion, String kind, MessageTable message) {

  @Override
  public String toString() {
    return apiVersion + " " + kind;
  }
}
