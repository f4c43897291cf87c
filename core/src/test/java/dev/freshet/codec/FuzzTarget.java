package dev.freshet.codec;

import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** What the fuzz targets share. An input's first byte chooses what is done with the rest. */
enum FuzzTarget {
  CURSOR("cursor"),
  STREAM("stream"),
  GZIP("gzip");

  private final String directory;

  FuzzTarget(String directory) {
    this.directory = directory;
  }

  /** Where its corpus lies, below {@code dev/freshet/fuzz}. */
  String directory() {
    return directory;
  }

  void run(byte[] input) {
    switch (this) {
      case CURSOR -> CursorFuzz.fuzzerTestOneInput(input);
      case STREAM -> StreamFuzz.fuzzerTestOneInput(input);
      case GZIP -> GzipFuzz.fuzzerTestOneInput(input);
    }
  }

  /** A refusal by name; anything else that is thrown is a finding. */
  static String refusal(RuntimeException thrown) {
    if (thrown instanceof MalformedResponseException || thrown instanceof LimitExceededException) {
      return thrown.toString();
    }
    throw thrown;
  }

  /** Pushes the bytes in chunks of sizes that a byte decides: all at once if it is 0. */
  static void inChunks(byte[] bytes, int choice, Consumer<ByteBuffer> push) {
    int state = choice;
    int at = 0;
    while (at < bytes.length) {
      state = state * 1_103_515_245 + 12_345;
      int most = 1 << (choice % 12);
      int size = choice == 0 ? bytes.length : 1 + Math.floorMod(state >> 16, most);
      int end = Math.min(bytes.length, at + size);
      push.accept(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, end)));
      at = end;
    }
  }

  static int choice(byte[] input, int index) {
    return index < input.length ? Byte.toUnsignedInt(input[index]) : 0;
  }

  static byte[] rest(byte[] input, int from) {
    return Arrays.copyOfRange(input, Math.min(from, input.length), input.length);
  }
}
