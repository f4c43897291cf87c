package dev.freshet.cli.output;

import java.util.Locale;

/** How {@code -o} prints objects, in kubectl's words. */
public enum OutputFormat {
  TABLE,
  WIDE,
  NAME,
  JSON,
  YAML;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
