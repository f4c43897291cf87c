package dev.freshet.cli;

import dev.freshet.cli.output.OutputFormat;
import picocli.CommandLine.Option;

/** How objects are printed. */
final class OutputOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TABLE;

  OutputFormat format() {
    return format;
  }
}
