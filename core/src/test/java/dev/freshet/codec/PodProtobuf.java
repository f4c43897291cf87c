package dev.freshet.codec;

import dev.freshet.protobuf.WireBytes;
import java.nio.ByteBuffer;

/** Answers in protobuf as the API server writes them, of small Pods. */
public final class PodProtobuf {

  private PodProtobuf() {}

  public static WireBytes pod(String name, String version) {
    WireBytes metadata =
        WireBytes.message()
            .text(1, name)
            .text(2, "")
            .text(3, "ns")
            .text(4, "")
            .text(5, "uid-" + name)
            .text(6, version)
            .varint(7, 0)
            .message(8, WireBytes.message().varint(1, 1_700_000_000).varint(2, 0))
            .entry(11, "app", "web")
            .entry(11, "tier", "")
            .entry(12, "note", "not a label")
            .message(13, owner("Other", "o", "ou", 0))
            .message(13, owner("ReplicaSet", "rs", "ru", 1))
            .message(13, owner("Last", "l", "lu", 0))
            .message(17, WireBytes.message().text(1, "kubelet").text(2, "Update"))
            .message(17, WireBytes.message().text(1, "scheduler").text(2, "Update"));
    return WireBytes.message()
        .message(1, metadata)
        .message(2, WireBytes.message().text(10, "node-1"))
        .message(3, WireBytes.message().text(1, "Running"));
  }

  private static WireBytes owner(String kind, String name, String uid, int controls) {
    return WireBytes.message()
        .text(1, kind)
        .text(3, name)
        .text(4, uid)
        .text(5, "apps/v1")
        .varint(6, controls);
  }

  /** Only what the API requires. */
  public static WireBytes bare(WireBytes metadata) {
    return WireBytes.message().message(1, metadata);
  }

  public static WireBytes list(String version, WireBytes... items) {
    WireBytes list =
        WireBytes.message()
            .message(1, WireBytes.message().text(1, "").text(2, version).text(3, ""));
    for (WireBytes item : items) {
      list.message(2, item);
    }
    return list;
  }

  public static byte[] listAnswer(String version, WireBytes... items) {
    return envelope("v1", "PodList", list(version, items)).toBytes();
  }

  public static WireBytes envelope(String apiVersion, String kind, WireBytes content) {
    return WireBytes.message()
        .verbatim('k', '8', 's', 0)
        .message(1, WireBytes.message().text(1, apiVersion).text(2, kind))
        .message(2, content)
        .text(3, "")
        .text(4, "");
  }

  public static byte[] event(String type, String kind, WireBytes object) {
    WireBytes raw = WireBytes.message().message(1, envelope("v1", kind, object));
    return frame(WireBytes.message().text(1, type).message(2, raw));
  }

  public static byte[] frame(WireBytes event) {
    byte[] bytes = event.toBytes();
    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  public static WireBytes bookmark(String version, boolean initialEventsEnd) {
    WireBytes metadata = WireBytes.message().text(6, version);
    if (initialEventsEnd) {
      metadata.entry(12, "k8s.io/initial-events-end", "true");
    }
    return bare(metadata);
  }
}
