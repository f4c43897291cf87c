package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The stage between the network and a decoder: what an answer was compressed with. */
public sealed interface Decompression extends AutoCloseable {

  /**
   * The stage for an answer.
   *
   * @param contentEncoding its Content-Encoding header
   * @throws MalformedResponseException if it was compressed with something else
   */
  static Decompression of(Optional<String> contentEncoding) {
    String encoding = contentEncoding.map(String::strip).orElse("").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "", "identity" -> new None();
      case "gzip" -> new Gzip(new GzipDecoder());
      default ->
          throw new MalformedResponseException(
              "the answer is compressed with \"" + encoding + "\", which nobody asked for",
              "Something between this client and the API server does that; connect directly.");
    };
  }

  /**
   * Takes the next bytes; what they unfold to is the sink's until it returns.
   *
   * @throws MalformedResponseException if they are not what the header says
   */
  void push(ByteBuffer chunk, Consumer<ByteBuffer> sink);

  /**
   * The answer is complete.
   *
   * @throws MalformedResponseException if it ended too early
   */
  void end();

  @Override
  void close();

  /** Not compressed. */
  record None() implements Decompression {

    @Override
    public void push(ByteBuffer chunk, Consumer<ByteBuffer> sink) {
      sink.accept(chunk);
    }

    @Override
    public void end() {}

    @Override
    public void close() {}
  }

  /** One or more members of gzip. */
  record Gzip(GzipDecoder decoder) implements Decompression {

    @Override
    public void push(ByteBuffer chunk, Consumer<ByteBuffer> sink) {
      decoder.push(chunk, sink);
    }

    @Override
    public void end() {
      decoder.end();
    }

    @Override
    public void close() {
      decoder.close();
    }
  }
}
