package dev.freshet.cli;

import dev.freshet.Consistency;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** A level of consistency by its name, with what it needs to know after an equals sign. */
final class ConsistencyConverter implements ITypeConverter<Consistency> {

  private static final String LEVELS =
      "There are strong, within=DURATION, at-least=TOKEN, exactly=TOKEN, read-your-writes and"
          + " cached.";

  @Override
  public Consistency convert(String text) {
    int equals = text.indexOf('=');
    String name = (equals < 0 ? text : text.substring(0, equals)).toLowerCase(Locale.ROOT);
    String value = equals < 0 ? "" : text.substring(equals + 1);
    return switch (name) {
      case "cached" -> plain(Consistency.cached(), value);
      case "strong" -> plain(Consistency.strong(), value);
      case "read-your-writes" -> plain(Consistency.readYourWrites(), value);
      case "within" -> Consistency.within(bound(value));
      case "exactly" -> Consistency.exactly(TokenText.ofOption(name, value));
      case "at-least" -> Consistency.atLeast(TokenText.ofOption(name, value));
      default -> throw new BadValueException("there is no consistency \"" + name + "\"", LEVELS);
    };
  }

  private static Duration bound(String text) {
    if (text.isEmpty()) {
      throw new BadValueException("within needs a duration", "Write one such as within=5s.");
    }
    Duration bound = Durations.parse(text);
    if (bound.isZero()) {
      throw new BadValueException(
          "within=" + text + " is no bound", "For no delay at all read with strong.");
    }
    return bound;
  }

  private static Consistency plain(Consistency level, String value) {
    if (!value.isEmpty()) {
      throw new BadValueException(level + " takes no value", "Write \"" + level + "\" alone.");
    }
    return level;
  }
}
