package dev.freshet.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/**
 * Lengths of time in kubectl's spelling: {@code 500ms}, {@code 1s}, {@code 2m}, {@code 1h30m}, or a
 * bare number of seconds. None is negative.
 */
final class Durations {

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private Durations() {}

  /** Of an option's value. */
  static final class Converter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return parse(text);
    }
  }

  /**
   * Reads one.
   *
   * @throws BadValueException if the text is none
   */
  static Duration parse(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    int at = 0;
    while (at < text.length() && part.find(at) && part.start() == at) {
      sum = sum.plus(part(Long.parseLong(part.group(1)), part.group(2)));
      at = part.end();
    }
    if (at < text.length() || text.isEmpty()) {
      throw new BadValueException(
          "\"" + text + "\" is no duration", "Write one such as 500ms, 1s, 2m or 1h30m.");
    }
    return sum;
  }

  private static Duration part(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> throw new IllegalStateException("the pattern admits no unit " + unit);
    };
  }
}
