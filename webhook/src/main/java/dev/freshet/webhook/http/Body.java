package dev.freshet.webhook.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;

/** What has come of one body. It grows with what comes, not with what is announced. */
final class Body {

  private final int maxBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Body(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Takes another part.
   *
   * @return false if it would be too long with it; then the part is not taken
   */
  boolean add(ByteBuf part) {
    if (part.readableBytes() > maxBytes - bytes.size()) {
      return false;
    }
    bytes.writeBytes(ByteBufUtil.getBytes(part));
    return true;
  }

  byte[] whole() {
    return bytes.toByteArray();
  }
}
