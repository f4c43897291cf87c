package dev.freshet.object;

import dev.freshet.error.UnsupportedReadException;
import java.math.BigInteger;

/**
 * The version of an object or a collection, as the API server wrote it.
 *
 * <p>Versions of one resource of one cluster compare as decimal integers of any length (KEP-5504).
 * Some aggregated APIs use other texts: those are kept and handed back, but {@link #isComparable()}
 * is false and comparing them fails. Versions of different resources must not be compared.
 */
public record ResourceVersion(String text) implements Comparable<ResourceVersion> {

  /** No version: what an API that keeps none answers. Not comparable. */
  public static final ResourceVersion NONE = new ResourceVersion("");

  /** Whether this is a decimal integer above zero without a leading zero. */
  public boolean isComparable() {
    if (text.isEmpty() || text.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * Shorter is less; equal lengths compare as text.
   *
   * @throws UnsupportedReadException if either is not comparable
   */
  @Override
  public int compareTo(ResourceVersion other) {
    requireComparable();
    other.requireComparable();
    int byLength = Integer.compare(text.length(), other.text.length());
    return byLength != 0 ? byLength : text.compareTo(other.text);
  }

  /** Whether this is {@code other} or newer. */
  public boolean isAtLeast(ResourceVersion other) {
    return compareTo(other) >= 0;
  }

  /** Whether both have an order, and this is older than {@code other}. */
  public boolean isBelow(ResourceVersion other) {
    return isComparable() && other.isComparable() && compareTo(other) < 0;
  }

  /** The version just before: everything strictly older than this is at or below it. */
  public ResourceVersion predecessor() {
    requireComparable();
    return new ResourceVersion(new BigInteger(text).subtract(BigInteger.ONE).toString());
  }

  private void requireComparable() {
    if (!isComparable()) {
      throw new UnsupportedReadException(
          "the resourceVersion \"" + text + "\" is not a decimal integer, so it has no order",
          "Read this API with cached() or strong(), which need none.");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
