package dev.freshet.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How long one request may take, in kubectl's spelling: {@code 0} for no limit, {@code 1s}, {@code
 * 2m}, {@code 1h30m}, or a bare number of seconds.
 */
final class RequestTimeout implements ITypeConverter<Duration> {

  /** As good as no limit. */
  static final Duration NONE = Duration.ofDays(3650);

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  @Override
  public Duration convert(String text) {
    Duration sum = SECONDS.matcher(text).matches() ? seconds(text) : parts(text);
    return sum.isZero() || sum.compareTo(NONE) > 0 ? NONE : sum;
  }

  private static Duration seconds(String text) {
    return Duration.ofSeconds(Long.parseLong(text));
  }

  private static Duration parts(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    int at = 0;
    while (at < text.length() && part.find(at) && part.start() == at) {
      sum = sum.plus(part(Long.parseLong(part.group(1)), part.group(2)));
      at = part.end();
    }
    if (at < text.length() || text.isEmpty()) {
      throw new TypeConversionException(
          "\"" + text + "\" is no duration; write 0 for none, or such as 1s, 2m, 3h");
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
