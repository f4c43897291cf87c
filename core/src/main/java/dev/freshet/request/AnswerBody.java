package dev.freshet.request;

import dev.freshet.codec.Decompression;
import dev.freshet.transport.ApiResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/** The body of one answer, decompressed while it arrives. For one thread. */
public final class AnswerBody implements AutoCloseable {

  private final ApiResponse response;
  private final Decompression decompression;
  private long bytes;

  /**
   * A body of which nothing has been read.
   *
   * @throws dev.freshet.error.MalformedResponseException if it is compressed in an unknown way
   */
  public AnswerBody(ApiResponse response) {
    this.response = response;
    this.decompression = Decompression.of(response.header("Content-Encoding"));
  }

  /**
   * As {@link ApiResponse#next}; an answer may also bring nothing to hand on yet.
   *
   * @throws dev.freshet.error.MalformedResponseException if the compression is damaged
   */
  public boolean next(Duration within, Consumer<ByteBuffer> sink) {
    Consumer<ByteBuffer> counting =
        piece -> {
          bytes += piece.remaining();
          sink.accept(piece);
        };
    if (response.next(within, chunk -> decompression.push(chunk, counting))) {
      return true;
    }
    decompression.end();
    return false;
  }

  /** Bytes handed on so far, after decompression. */
  public long bytes() {
    return bytes;
  }

  /** Frees what decompression holds; the response stays open. */
  @Override
  public void close() {
    decompression.close();
  }
}
