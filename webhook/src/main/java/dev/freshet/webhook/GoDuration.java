package dev.freshet.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as the API server writes it into {@code ?timeout=}, such as {@code 10s} or {@code 1m0s}.
 */
final class GoDuration {

  private static final Pattern TEXT =
      Pattern.compile("(?:(\\d{1,4})m)?(?:(\\d{1,5})(?:\\.\\d{1,9})?s)?(?:(\\d{1,6})ms)?");

  private GoDuration() {}

  /** Empty for whatever is no such time; parts of a second are left off. */
  static Optional<Duration> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofMinutes(number(matcher.group(1)))
            .plusSeconds(number(matcher.group(2)))
            .plusMillis(number(matcher.group(3))));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
