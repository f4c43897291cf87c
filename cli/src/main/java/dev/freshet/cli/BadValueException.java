package dev.freshet.cli;

import picocli.CommandLine.TypeConversionException;

/** An option's value that makes no sense: one line of cause, one of what to type instead. */
final class BadValueException extends TypeConversionException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  BadValueException(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
