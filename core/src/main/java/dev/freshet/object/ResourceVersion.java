package dev.freshet.object;

import dev.freshet.error.UnsupportedReadException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The version of an object or a collection, as the API server wrote it.
 *
 * <p>Versions of one resource of one cluster compare as decimal integers of any length (KEP-5504).
 * Some aggregated APIs use other texts: those are kept and handed back, but {@link #isComparable()}
 * is false and comparing them fails. Versions of different resources must not be compared.
 *
 * <p>Immutable; held as a number where it is one, since a cache holds one for each object.
 */
public final class ResourceVersion implements Comparable<ResourceVersion> {

  /** No version: what an API that keeps none answers. Not comparable. */
  public static final ResourceVersion NONE = new ResourceVersion("");

  /** Numbers of so many digits surely fit into a long. */
  private static final int DIGITS_OF_LONG = 18;

  /** The least number of more digits. */
  private static final long LIMIT = 1_000_000_000_000_000_000L;

  private static final int OTHER = 0;

  /** The version if it fits; {@link #OTHER} if {@link #other} has it. */
  private final long number;

  private final @Nullable String other;

  /** One as the server wrote it; any text. */
  public ResourceVersion(String text) {
    boolean fits = text.length() <= DIGITS_OF_LONG && isPositiveInteger(text);
    number = fits ? Long.parseLong(text) : OTHER;
    other = fits ? null : text;
  }

  private ResourceVersion(long number) {
    this.number = number;
    this.other = null;
  }

  /**
   * The version with this number.
   *
   * @param number above zero
   */
  public static ResourceVersion of(long number) {
    return number > 0 && number < LIMIT
        ? new ResourceVersion(number)
        : new ResourceVersion(Long.toString(number));
  }

  /** The number if it is one of at most 18 digits; zero if not. */
  long number() {
    return number;
  }

  /** What the server wrote. */
  public String text() {
    String kept = other;
    return kept == null ? Long.toString(number) : kept;
  }

  /** Whether this is a decimal integer above zero without a leading zero. */
  public boolean isComparable() {
    String kept = other;
    return kept == null || isPositiveInteger(kept);
  }

  private static boolean isPositiveInteger(String text) {
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
   * As integers of any length.
   *
   * @throws UnsupportedReadException if either is not comparable
   */
  @Override
  public int compareTo(ResourceVersion that) {
    String mine = other;
    String theirs = that.other;
    if (mine == null && theirs == null) {
      return Long.compare(number, that.number);
    }
    requireComparable();
    that.requireComparable();
    // Shorter is less; equal lengths compare as text.
    String left = text();
    String right = that.text();
    int byLength = Integer.compare(left.length(), right.length());
    return byLength != 0 ? byLength : left.compareTo(right);
  }

  /** Whether this is {@code that} or newer. */
  public boolean isAtLeast(ResourceVersion that) {
    return compareTo(that) >= 0;
  }

  /** Whether both have an order, and this is older than {@code that}. */
  public boolean isBelow(ResourceVersion that) {
    return isComparable() && that.isComparable() && compareTo(that) < 0;
  }

  /** The version just before: everything strictly older than this is at or below it. */
  public ResourceVersion predecessor() {
    requireComparable();
    if (other == null && number > 1) {
      return new ResourceVersion(number - 1);
    }
    return new ResourceVersion(new BigInteger(text()).subtract(BigInteger.ONE).toString());
  }

  private void requireComparable() {
    if (!isComparable()) {
      throw new UnsupportedReadException(
          "the resourceVersion \"" + text() + "\" is not a decimal integer, so it has no order",
          "Read this API with cached() or strong(), which need none.");
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ResourceVersion that
        && number == that.number
        && (other == null ? that.other == null : other.equals(that.other));
  }

  @Override
  public int hashCode() {
    String kept = other;
    return kept == null ? Long.hashCode(number) : kept.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
