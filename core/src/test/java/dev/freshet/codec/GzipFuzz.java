package dev.freshet.codec;

import dev.freshet.error.LimitExceededException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/**
 * Any bytes as gzip, or any bytes between two halves of what is gzip. They unfold or are refused,
 * the same however they arrive; what unfolds is what the JDK makes of it.
 */
public final class GzipFuzz {

  /** Bytes after which the sink gives up, as whoever reads an answer does. */
  private static final int MOST_BYTES = 1 << 20;

  private static final String TOO_MUCH = "too much";

  private GzipFuzz() {}

  /** The entry point that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] input) {
    int shape = FuzzTarget.choice(input, 0);
    byte[] rest = FuzzTarget.rest(input, 2);
    byte[] gzip = (shape & 1) == 0 ? rest : around(rest, shape >>> 1);
    Told whole = told(gzip, 0);
    Told split = told(gzip, 1 + FuzzTarget.choice(input, 1));
    boolean tooMuch = whole.end().equals(TOO_MUCH) || split.end().equals(TOO_MUCH);
    if (!tooMuch && !whole.equals(split)) {
      throw new AssertionError("whole: " + whole + ", in chunks: " + split);
    }
    if (whole.end().equals("end") && !whole.equals(jdk(gzip))) {
      throw new AssertionError("decoded: " + whole + ", by the JDK: " + jdk(gzip));
    }
  }

  /** No mutation guesses a checksum, so this makes members of what is to be inside. */
  private static byte[] around(byte[] content, int choice) {
    int flags = choice & (Gzip.HEADER_SUM | Gzip.EXTRA | Gzip.NAME | Gzip.COMMENT);
    int half = content.length / 2;
    byte[] first = Gzip.member(Arrays.copyOf(content, half), flags);
    byte[] second = Gzip.member(Arrays.copyOfRange(content, half, content.length));
    // The odd ones have the content itself behind: garbage, or a third member.
    return (choice & 1) == 0 ? Gzip.joined(first, second) : Gzip.joined(first, second, content);
  }

  private record Told(String end, long bytes, long sum) {}

  private static Told told(byte[] gzip, int chunks) {
    CRC32 sum = new CRC32();
    long[] bytes = {0};
    try (GzipDecoder decoder = new GzipDecoder()) {
      FuzzTarget.inChunks(
          gzip, chunks, chunk -> decoder.push(chunk, piece -> take(piece, bytes, sum)));
      decoder.end();
      return new Told("end", bytes[0], sum.getValue());
    } catch (LimitExceededException e) {
      // Damage behind the limit may show before or after it, as the pieces fall.
      return new Told(TOO_MUCH, 0, 0);
    } catch (RuntimeException e) {
      // How much came out before the damage depends on the chunks; nobody may count on it.
      return new Told(FuzzTarget.refusal(e), 0, 0);
    }
  }

  private static void take(ByteBuffer piece, long[] bytes, CRC32 sum) {
    if (piece.remaining() > GzipDecoder.PIECE_BYTES) {
      throw new AssertionError("a piece of " + piece.remaining() + " bytes");
    }
    bytes[0] += piece.remaining();
    sum.update(piece);
    if (bytes[0] > MOST_BYTES) {
      throw new LimitExceededException("more than " + MOST_BYTES + " bytes", "Expected.");
    }
  }

  private static Told jdk(byte[] gzip) {
    CRC32 sum = new CRC32();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      byte[] all = in.readNBytes(MOST_BYTES + 1);
      sum.update(all);
      return new Told("end", all.length, sum.getValue());
    } catch (IOException e) {
      return new Told(e.toString(), 0, 0);
    }
  }
}
