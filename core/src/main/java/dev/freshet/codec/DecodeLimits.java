package dev.freshet.codec;

import dev.freshet.protobuf.Cursor;

/** Bounds that keep a broken or hostile answer from exhausting this process. */
public final class DecodeLimits {

  /**
   * Bytes of one object on the wire, managedFields included. The API server refuses requests over 3
   * MiB and etcd keeps at most 1.5 MiB by default; this leaves room for clusters that raised both.
   */
  public static final int MAX_OBJECT_BYTES = 32 << 20;

  /** Levels of nesting in one answer. */
  public static final int MAX_NESTING = Cursor.MAX_NESTING;

  private DecodeLimits() {}
}
