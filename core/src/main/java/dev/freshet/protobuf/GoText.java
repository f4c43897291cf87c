package dev.freshet.protobuf;

import dev.freshet.error.MalformedResponseException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Numbers and times as Go, and so the API server, writes them in JSON. */
final class GoText {

  /** Seconds from 1970 to the first moment of year 1, which Go takes for no time at all. */
  static final long ZERO_TIME_SECONDS = -62_135_596_800L;

  static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private static final long YEAR_10000_SECONDS = 253_402_300_800L;
  private static final int SECONDS_PER_DAY = 86_400;

  /** Days of 400 years. */
  private static final int DAYS_PER_ERA = 146_097;

  /** Days from the first of March of year 0 to 1970. */
  private static final int DAYS_TO_1970 = 719_468;

  private static final byte[] TIME_FORM =
      "0000-00-00T00:00:00Z".getBytes(StandardCharsets.ISO_8859_1);

  private GoText() {}

  /** RFC 3339 in UTC, to the second. */
  static String time(long seconds) {
    return seconds >= 0 && seconds < YEAR_10000_SECONDS
        ? usualTime(seconds)
        : dateAndTime(seconds).append('Z').toString();
  }

  /**
   * A time from 1970 to 9999, as nearly all are: an object has many, so this one is worth a way of
   * its own. Days are counted from the first of March, so that a leap day is the last of its year,
   * and every four centuries have as many.
   */
  private static String usualTime(long seconds) {
    int ofDay = (int) (seconds % SECONDS_PER_DAY);
    int day = (int) (seconds / SECONDS_PER_DAY) + DAYS_TO_1970;
    int ofEra = day % DAYS_PER_ERA;
    int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * ofYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = yearOfEra + day / DAYS_PER_ERA * 400 + (month <= 2 ? 1 : 0);
    byte[] text = TIME_FORM.clone();
    putTwo(text, 0, year / 100);
    putTwo(text, 2, year % 100);
    putTwo(text, 5, month);
    putTwo(text, 8, ofYear - (153 * monthFromMarch + 2) / 5 + 1);
    putTwo(text, 11, ofDay / 3_600);
    putTwo(text, 14, ofDay / 60 % 60);
    putTwo(text, 17, ofDay % 60);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void putTwo(byte[] text, int at, int value) {
    text[at] = (byte) ('0' + value / 10);
    text[at + 1] = (byte) ('0' + value % 10);
  }

  /** RFC 3339 in UTC, with six digits after the second. */
  static String microTime(long seconds, long nanos) {
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      // Go counts them into the seconds; nobody writes such.
      seconds += Math.floorDiv(nanos, NANOS_PER_SECOND);
      nanos = Math.floorMod(nanos, NANOS_PER_SECOND);
    }
    StringBuilder text = dateAndTime(seconds).append('.');
    appendPadded(text, nanos / NANOS_PER_MICRO, 6);
    return text.append('Z').toString();
  }

  private static StringBuilder dateAndTime(long seconds) {
    LocalDateTime at;
    try {
      at = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new MalformedResponseException(
          "a time lies " + seconds + " seconds after 1970",
          "No calendar goes that far; look at the object with kubectl.",
          e);
    }
    StringBuilder text = new StringBuilder(32);
    appendPadded(text, at.getYear(), 4);
    appendPadded(text.append('-'), at.getMonthValue(), 2);
    appendPadded(text.append('-'), at.getDayOfMonth(), 2);
    appendPadded(text.append('T'), at.getHour(), 2);
    appendPadded(text.append(':'), at.getMinute(), 2);
    appendPadded(text.append(':'), at.getSecond(), 2);
    return text;
  }

  private static void appendPadded(StringBuilder text, long value, int digits) {
    if (value < 0) {
      text.append('-');
    }
    String plain = Long.toString(Math.abs(value));
    text.repeat('0', Math.max(0, digits - plain.length())).append(plain);
  }

  /** Such as {@code 1h15m30.918s}, {@code 1.5ms} or {@code 0s}. */
  static String duration(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(24);
    if (nanos < 0) {
      text.append('-');
    }
    // Unsigned from here on: the smallest long has no positive counterpart.
    long size = nanos < 0 ? -nanos : nanos;
    if (Long.compareUnsigned(size, NANOS_PER_SECOND) < 0) {
      appendFraction(text, size);
    } else {
      long seconds = Long.divideUnsigned(size, NANOS_PER_SECOND);
      long hours = seconds / 3600;
      if (hours > 0) {
        text.append(hours).append('h');
      }
      if (seconds >= 60) {
        text.append(seconds / 60 % 60).append('m');
      }
      appendDecimal(text, seconds % 60, Long.remainderUnsigned(size, NANOS_PER_SECOND), 9);
      text.append('s');
    }
    return text.toString();
  }

  private static void appendFraction(StringBuilder text, long nanos) {
    if (nanos < NANOS_PER_MICRO) {
      text.append(nanos).append("ns");
    } else if (nanos < NANOS_PER_MILLI) {
      appendDecimal(text, nanos / NANOS_PER_MICRO, nanos % NANOS_PER_MICRO, 3);
      text.append("µs");
    } else {
      appendDecimal(text, nanos / NANOS_PER_MILLI, nanos % NANOS_PER_MILLI, 6);
      text.append("ms");
    }
  }

  private static void appendDecimal(StringBuilder text, long whole, long fraction, int digits) {
    text.append(whole);
    if (fraction > 0) {
      text.append('.');
      appendPadded(text, fraction, digits);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
  }

  /** The shortest text that gives the same number; with an exponent from 1e21 on and below 1e-6. */
  static String float64(double value) {
    if (!Double.isFinite(value)) {
      throw new MalformedResponseException(
          "a number is " + value + ", which JSON cannot say",
          "Look at the object with kubectl, and mend it.");
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal shortest = shortest(value);
    double size = Math.abs(value);
    if (size >= 1e-6 && size < 1e21) {
      return shortest.toPlainString();
    }
    int exponent = shortest.precision() - shortest.scale() - 1;
    String digits = shortest.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(32);
    if (value < 0) {
      text.append('-');
    }
    text.append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    return text.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent)).toString();
  }

  /** Java always has two digits, and says 4.9E-324 where one, 5e-324, would do. */
  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (digits.precision() == 2) {
      BigDecimal one = digits.round(new MathContext(1));
      if (one.doubleValue() == value) {
        return one;
      }
    }
    return digits;
  }
}
