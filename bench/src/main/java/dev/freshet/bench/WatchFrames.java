package dev.freshet.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Frames of a watch of Pods in protobuf, as the API server writes them. */
public final class WatchFrames {
  /** What the answer says it is. */
  public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf;stream=watch";

  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private WatchFrames() {}

  /** A Pod that has changed. */
  public static byte[] modified(byte[] pod) {
    return event("MODIFIED", pod);
  }

  /** A Pod that has nothing but a name, a uid and a version. */
  public static byte[] smallPod(String namespace, String name, String uid, long version) {
    WireMessage metadata =
        new WireMessage()
            .field(1, name)
            .field(3, namespace)
            .field(5, uid)
            .field(6, Long.toString(version));
    return new WireMessage().field(1, metadata).toBytes();
  }

  private static byte[] event(String type, byte[] pod) {
    WireMessage kind = new WireMessage().field(1, "v1").field(2, "Pod");
    WireMessage unknown = new WireMessage().verbatim(MAGIC).field(1, kind).field(2, pod);
    byte[] event =
        new WireMessage()
            .field(1, type.getBytes(US_ASCII))
            .field(2, new WireMessage().field(1, unknown))
            .toBytes();
    return ByteBuffer.allocate(Integer.BYTES + event.length)
        .putInt(event.length)
        .put(event)
        .array();
  }
}
