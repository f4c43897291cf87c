package dev.freshet.cli;

import picocli.CommandLine.Parameters;

/** The kind that a command is about, by any name that kubectl takes. */
final class KindParameter {

  static final String DESCRIPTION = "Plural, singular, short name or kind; also plural.group.";

  @Parameters(index = "0", paramLabel = "KIND", description = DESCRIPTION)
  private String name = "";

  /** As typed. */
  String name() {
    return name;
  }
}
