package dev.freshet.codec;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;

/** Ways to cut an answer into chunks. */
final class Chunks {

  private Chunks() {}

  static void ofSize(byte[] bytes, int size, Consumer<ByteBuffer> sink) {
    for (int at = 0; at < bytes.length; at += size) {
      sink.accept(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
    }
  }

  static void ofRandomSizes(byte[] bytes, Random random, Consumer<ByteBuffer> sink) {
    int at = 0;
    while (at < bytes.length) {
      int size = Math.min(bytes.length - at, random.nextInt(1 << random.nextInt(16)));
      sink.accept(ByteBuffer.wrap(bytes, at, size));
      at += size;
    }
  }
}
