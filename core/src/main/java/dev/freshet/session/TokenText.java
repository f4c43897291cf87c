package dev.freshet.session;

import dev.freshet.error.InvalidTokenException;
import dev.freshet.object.ResourceVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Tokens as texts: {@code f1.} and base64url of the floors, with a checksum that shows truncation
 * and typing errors. It is no signature: whoever makes up a token makes up its promise.
 */
public final class TokenText {

  /** Characters of a token, at most: half of what proxies commonly allow for all headers. */
  public static final int MAX_LENGTH = 4_096;

  /** Digits of a resourceVersion: 128 bits (KEP-5504). */
  private static final int MAX_VERSION_DIGITS = 39;

  private static final String PREFIX = "f1.";
  private static final int CHECKSUM_BYTES = Integer.BYTES;
  private static final String FROM_WHOM = "Take it again from whoever sent it.";

  private TokenText() {}

  /**
   * The text of at most {@link #MAX_LENGTH} characters; what does not fit is left to strong reads.
   */
  public static String encode(TokenFloors floors) {
    String text = text(floors);
    TokenFloors fewer = text.length() > MAX_LENGTH ? floors.withoutNamespaces() : floors;
    text = text(fewer);
    while (text.length() > MAX_LENGTH) {
      fewer = fewer.withoutLast();
      text = text(fewer);
    }
    return text;
  }

  private static String text(TokenFloors floors) {
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(floors.cluster());
      out.writeBoolean(floors.restStrong());
      out.writeInt(floors.collections().size());
      for (var collection : floors.collections().entrySet()) {
        out.writeUTF(collection.getKey());
        out.writeInt(collection.getValue().size());
        for (var floor : collection.getValue().entrySet()) {
          out.writeUTF(floor.getKey());
          out.writeUTF(floor.getValue().text());
        }
      }
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  /**
   * Reads a text.
   *
   * @throws InvalidTokenException if it is not what {@link #encode} wrote
   */
  public static TokenFloors parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidTokenException(
          "the token has "
              + text.length()
              + " characters, and no token has more than "
              + MAX_LENGTH,
          FROM_WHOM);
    }
    if (!text.startsWith(PREFIX)) {
      throw text.matches("f\\d+\\..*")
          ? new InvalidTokenException(
              "the token is of another version, " + text.substring(0, text.indexOf('.')),
              "Use a Freshet as new as the one that made it.")
          : new InvalidTokenException("the text is not a Freshet token", FROM_WHOM);
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
    int length = bytes.length - CHECKSUM_BYTES;
    if (length < 0
        || ByteBuffer.wrap(bytes, length, CHECKSUM_BYTES).getInt() != checksum(bytes, length)) {
      throw damaged();
    }
    try {
      return read(new DataInputStream(new ByteArrayInputStream(Arrays.copyOf(bytes, length))));
    } catch (IOException e) {
      throw damaged();
    }
  }

  private static TokenFloors read(DataInputStream in) throws IOException {
    String cluster = in.readUTF();
    boolean restStrong = in.readBoolean();
    SortedMap<String, SortedMap<String, ResourceVersion>> collections = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String collection = in.readUTF();
      SortedMap<String, ResourceVersion> floors = new TreeMap<>();
      for (int more = in.readInt(); more > 0; more--) {
        floors.put(in.readUTF(), version(in.readUTF()));
      }
      collections.put(collection, floors);
    }
    if (in.available() > 0) {
      throw damaged();
    }
    return new TokenFloors(cluster, collections, restStrong);
  }

  private static ResourceVersion version(String text) {
    ResourceVersion version = new ResourceVersion(text);
    if (!text.isEmpty() && (!version.isComparable() || text.length() > MAX_VERSION_DIGITS)) {
      throw new InvalidTokenException(
          "the token holds a version that no API server writes", FROM_WHOM);
    }
    return version;
  }

  private static InvalidTokenException damaged() {
    return new InvalidTokenException("the token is truncated or was changed on its way", FROM_WHOM);
  }
}
