package dev.freshet.cli;

import dev.freshet.Consistency;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A level of consistency by its name. */
final class ConsistencyConverter implements ITypeConverter<Consistency> {
  @Override
  public Consistency convert(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "cached" -> Consistency.cached();
      case "strong" -> Consistency.strong();
      default ->
          throw new TypeConversionException(
              "there is no consistency \"" + name + "\"; there are cached and strong");
    };
  }
}
