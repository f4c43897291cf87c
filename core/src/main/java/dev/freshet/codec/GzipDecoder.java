package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Takes gzip apart while it arrives (RFC 1952): any number of members one after the other, as the
 * API server writes one for each flush of a streaming list. Checks each member's sum and length.
 *
 * <p>Hands bytes on as soon as they can be known, in pieces of at most {@value #PIECE_BYTES}; holds
 * nothing else, so what a small answer unfolds to is bounded by whoever takes the pieces. After a
 * failure every call throws that failure again. For one thread; {@link #close()} frees memory
 * outside the heap.
 */
final class GzipDecoder implements AutoCloseable {

  static final int PIECE_BYTES = 64 << 10;

  private static final int TRAILER_BYTES = 8;

  private enum Place {
    HEADER,
    CONTENT,
    TRAILER
  }

  private final GzipHeader header = new GzipHeader();
  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private final byte[] piece = new byte[PIECE_BYTES];

  private Place place = Place.HEADER;
  private boolean hasMember;
  private long trailer;
  private int trailerBytes;
  private @Nullable RuntimeException failure;

  /** Takes the next bytes; what they unfold to is the sink's until it returns. */
  void push(ByteBuffer chunk, Consumer<ByteBuffer> sink) {
    rethrow();
    try {
      while (chunk.hasRemaining()) {
        switch (place) {
          case HEADER -> takeHeader(chunk);
          case CONTENT -> inflate(chunk, sink);
          case TRAILER -> takeTrailer(chunk);
        }
      }
    } catch (RuntimeException e) {
      throw fail(e);
    }
  }

  /**
   * The answer is complete.
   *
   * @throws MalformedResponseException if it ended inside a member, or before the first
   */
  void end() {
    rethrow();
    if (place != Place.HEADER || header.hasStarted() || !hasMember) {
      throw fail(malformed("the answer ends inside its compression"));
    }
  }

  private void takeHeader(ByteBuffer chunk) {
    if (header.take(chunk)) {
      header.reset();
      inflater.reset();
      sum.reset();
      hasMember = true;
      place = Place.CONTENT;
    }
  }

  private void inflate(ByteBuffer chunk, Consumer<ByteBuffer> sink) {
    inflater.setInput(chunk);
    try {
      int length = inflater.inflate(piece);
      while (length > 0) {
        sum.update(piece, 0, length);
        sink.accept(ByteBuffer.wrap(piece, 0, length));
        length = inflater.inflate(piece);
      }
    } catch (DataFormatException e) {
      throw malformed("the answer's compression is damaged");
    }
    if (inflater.finished()) {
      trailer = 0;
      trailerBytes = 0;
      place = Place.TRAILER;
    } else if (chunk.hasRemaining()) {
      throw malformed("the answer's compression needs what HTTP has no place for");
    }
  }

  private void takeTrailer(ByteBuffer chunk) {
    while (trailerBytes < TRAILER_BYTES && chunk.hasRemaining()) {
      trailer |= (chunk.get() & 0xFFL) << (Byte.SIZE * trailerBytes++);
    }
    if (trailerBytes < TRAILER_BYTES) {
      return;
    }
    if ((trailer & 0xFFFF_FFFFL) != sum.getValue()) {
      throw malformed("the answer is not what its checksum says");
    }
    if (trailer >>> Integer.SIZE != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw malformed("the answer is not as long as its compression says");
    }
    place = Place.HEADER;
  }

  private void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }

  private RuntimeException fail(RuntimeException cause) {
    failure = cause;
    inflater.end();
    return cause;
  }

  static MalformedResponseException malformed(String problem) {
    return new MalformedResponseException(
        problem, "Something between this client and the API server may have damaged the answer.");
  }

  /** Frees the memory; a call after this fails. Idempotent. */
  @Override
  public void close() {
    if (failure == null) {
      failure = new IllegalStateException("the decoder is closed");
    }
    inflater.end();
  }
}
