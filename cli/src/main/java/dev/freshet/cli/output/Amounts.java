package dev.freshet.cli.output;

import java.util.Locale;
import java.util.OptionalDouble;

/** Amounts as people read them. */
public final class Amounts {

  /** What is not known, and so is not zero. */
  public static final String UNKNOWN = "?";

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final double KILO = 1_000;
  private static final double FEW = 10;

  /** Below this a figure with one digit after the point would be none. */
  private static final double LEAST = 0.05;

  private static final double MILLIS_PER_SECOND = 1e3;

  private Amounts() {}

  /** A number of bytes in units of a thousand. */
  public static String bytes(double value) {
    if (value < KILO) {
      return Math.round(value) + " B";
    }
    double amount = value;
    int unit = 0;
    while (amount >= KILO && unit < UNITS.length - 1) {
      amount /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** The same of a whole number. */
  public static String bytes(long value) {
    return bytes((double) value);
  }

  /** The same of what may not be known. */
  public static String bytes(OptionalDouble value) {
    return value.isEmpty() ? UNKNOWN : bytes(value.getAsDouble());
  }

  /** How many there are a second; what is little is told from nothing. */
  public static String perSecond(OptionalDouble rate) {
    if (rate.isEmpty()) {
      return UNKNOWN;
    }
    double value = rate.getAsDouble();
    if (value > 0 && value < LEAST) {
      return "<0.1";
    }
    return String.format(Locale.ROOT, value < KILO ? "%.1f" : "%,.0f", value);
  }

  /** How long each took; a dash if there was none that could. */
  public static String took(OptionalDouble seconds) {
    if (seconds.isEmpty()) {
      return "-";
    }
    double millis = seconds.getAsDouble() * MILLIS_PER_SECOND;
    if (millis >= KILO) {
      return String.format(Locale.ROOT, "%.1fs", millis / MILLIS_PER_SECOND);
    }
    return String.format(Locale.ROOT, millis < FEW ? "%.1fms" : "%.0fms", millis);
  }
}
