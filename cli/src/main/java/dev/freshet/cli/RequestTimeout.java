package dev.freshet.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** How long one request may take, as kubectl has it: a duration, or {@code 0} for no limit. */
final class RequestTimeout implements ITypeConverter<Duration> {

  /** As good as no limit. */
  static final Duration NONE = Duration.ofDays(3650);

  @Override
  public Duration convert(String text) {
    Duration asked = Durations.parse(text);
    return asked.isZero() || asked.compareTo(NONE) > 0 ? NONE : asked;
  }
}
