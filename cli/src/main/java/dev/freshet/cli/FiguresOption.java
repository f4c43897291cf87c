package dev.freshet.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** How figures are printed: for a person or for a program. */
final class FiguresOption {

  /** The two ways. */
  enum Format {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private Format format = Format.TABLE;

  boolean isJson() {
    return format == Format.JSON;
  }
}
