package dev.freshet.bench;

/**
 * A list of Pods in protobuf, as the API server writes it: what stands before the Pods, and they.
 */
public final class PodListMessage {
  /** What the answer says it is. */
  public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int METADATA = 1;
  private static final int ITEMS = 2;

  private PodListMessage() {}

  /**
   * All but the Pods, which follow.
   *
   * @param itemBytes of all that {@link #item} gives of them
   */
  public static byte[] head(long version, long itemBytes) {
    byte[] metadata =
        new WireMessage()
            .field(METADATA, new WireMessage().field(2, Long.toString(version)))
            .toBytes();
    return new WireMessage()
        .verbatim(head(metadata.length + itemBytes))
        .verbatim(metadata)
        .toBytes();
  }

  /** The same of a list that does not tell its version. */
  static byte[] head(long itemBytes) {
    WireMessage kind = new WireMessage().field(1, "v1").field(2, "PodList");
    return new WireMessage().verbatim(MAGIC).field(1, kind).head(2, itemBytes).toBytes();
  }

  /** One of them. */
  public static byte[] item(byte[] pod) {
    return new WireMessage().field(ITEMS, pod).toBytes();
  }
}
