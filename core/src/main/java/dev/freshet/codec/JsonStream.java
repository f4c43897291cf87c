package dev.freshet.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * The tokens of an answer that arrives in chunks, with the bytes that the object being read is made
 * of.
 *
 * <p>One pass: every byte goes through Jackson's non-blocking parser, which checks it, before an
 * object that holds it is handed out. Places are counted in bytes from the start of the answer.
 * Bytes are kept from {@link #keep()} to {@link #release()} only, at most {@link
 * DecodeLimits#MAX_OBJECT_BYTES} and one step. After a failure every call throws that failure
 * again. For one thread.
 */
final class JsonStream {

  /** Digits of one number; float64 needs some 330 at most. */
  static final int MAX_NUMBER_LENGTH = 1000;

  /** Bytes given to the parser at once: bounds how far past a limit memory can grow. */
  private static final int STEP = 16 << 10;

  /** A buffer that had to grow beyond this is given up once so much is no longer needed. */
  private static final int USUAL_CAPACITY = 16 * STEP;

  /**
   * The object as a whole is bounded here, so a text or name in it needs no tighter bound; a
   * document has none, since a watch is endless. Jackson's own table of member names starts anew
   * when it is full; that it also fails on too many collisions is turned off, since whoever may
   * write an object could then stop those who read it.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DecodeLimits.MAX_NESTING)
                  .maxStringLength(DecodeLimits.MAX_OBJECT_BYTES)
                  .maxNameLength(DecodeLimits.MAX_OBJECT_BYTES)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxDocumentLength(-1)
                  .maxTokenCount(-1)
                  .build())
          .build();

  private static final long NOTHING = -1;

  private final JsonParser parser;
  private final ByteArrayFeeder feeder;
  private final Consumer<JsonToken> tokens;

  private byte[] buffer = new byte[2 * STEP];
  private int filled;

  /** The place of {@code buffer[0]}. */
  private long base;

  private long keptFrom = NOTHING;

  /** Whether no token came since a chunk that ended with a comma or colon, maybe inside a text. */
  private boolean wantsMore;

  private @Nullable RuntimeException failure;

  /**
   * @param tokens takes each token while {@link #parser()} stands on it
   */
  JsonStream(Consumer<JsonToken> tokens) {
    this.parser = FACTORY.createNonBlockingByteArrayParser(ObjectReadContext.empty());
    this.feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
    this.tokens = tokens;
  }

  JsonParser parser() {
    return parser;
  }

  /** The place right after the current token, if that is a bracket, a brace or a name. */
  long place() {
    return parser.currentLocation().getByteOffset();
  }

  /** Keeps the bytes from the current token on, which is an opening brace. */
  void keep() {
    keptFrom = place() - 1;
  }

  /** Forgets the bytes that were kept. */
  void release() {
    keptFrom = NOTHING;
  }

  /** One byte of those that are kept. */
  byte at(long place) {
    return buffer[(int) (place - base)];
  }

  /** A copy of kept bytes without the range that is cut out; an empty range cuts nothing. */
  byte[] copy(long from, long to, long cutFrom, long cutTo) {
    int head = (int) (cutFrom - from);
    int tail = (int) (to - cutTo);
    byte[] copy = new byte[head + tail];
    System.arraycopy(buffer, (int) (from - base), copy, 0, head);
    System.arraycopy(buffer, (int) (cutTo - base), copy, head, tail);
    return copy;
  }

  /** Takes the next bytes and hands on the tokens that they complete. */
  void push(ByteBuffer chunk) {
    rethrow();
    try {
      while (chunk.hasRemaining()) {
        int length = Math.min(STEP, chunk.remaining());
        makeRoom(length);
        chunk.get(buffer, filled, length);
        filled += length;
        feeder.feedInput(buffer, filled - length, filled);
        drain();
        noteEnd(filled - length);
        if (keptFrom != NOTHING) {
          checkSize(keptFrom, base + filled);
        }
      }
    } catch (JacksonException e) {
      throw fail(Malformed.json(e, place()));
    } catch (RuntimeException e) {
      throw fail(e);
    }
  }

  /** Hands on what the end of the answer completes. */
  void end() {
    rethrow();
    try {
      feeder.endOfInput();
      drain();
      parser.close();
    } catch (JacksonException e) {
      throw fail(Malformed.answer("the answer ends too early", place()));
    } catch (RuntimeException e) {
      throw fail(e);
    }
  }

  /** Refuses what is larger than one object may be. */
  void checkSize(long from, long to) {
    if (to - from > DecodeLimits.MAX_OBJECT_BYTES) {
      throw Malformed.tooLarge(from);
    }
  }

  /** Makes a failure the last word of this stream. */
  RuntimeException fail(RuntimeException cause) {
    failure = cause;
    buffer = new byte[0];
    parser.close();
    return cause;
  }

  private void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }

  private void drain() {
    JsonToken token = parser.nextToken();
    while (token != null && token != JsonToken.NOT_AVAILABLE) {
      if (wantsMore && token.isStructEnd()) {
        // Jackson lets an object end after a comma or colon if a chunk ends there.
        throw Malformed.answer("an object ends where more is due", place());
      }
      wantsMore = false;
      tokens.accept(token);
      token = parser.nextToken();
    }
  }

  private void noteEnd(int from) {
    int at = filled - 1;
    while (at >= from && (buffer[at] == ' ' || (buffer[at] >= '\t' && buffer[at] <= '\r'))) {
      at--;
    }
    if (at >= from) {
      wantsMore = buffer[at] == ',' || buffer[at] == ':';
    }
  }

  /** Drops what is not kept; the parser has taken all that is there. */
  private void makeRoom(int length) {
    int kept = keptFrom == NOTHING ? 0 : (int) (base + filled - keptFrom);
    int needed = kept + length;
    byte[] target = buffer;
    if (needed > buffer.length) {
      target = new byte[Math.max(needed, 2 * buffer.length)];
    } else if (buffer.length > USUAL_CAPACITY && needed <= 2 * STEP) {
      target = new byte[2 * STEP];
    } else if (filled + length <= buffer.length && kept > 0) {
      return;
    }
    System.arraycopy(buffer, filled - kept, target, 0, kept);
    base += filled - kept;
    buffer = target;
    filled = kept;
  }
}
